import { describe, expect, it } from '@jest/globals';
import { Charm } from '../../../transforms/kit/charm.js';
import { PythonFile } from '../../../transforms/kit/python/file.js';
import { outcomesOf } from '../../../transforms/kit/python/outcomes.js';
import { MemoryTree, Overlay } from '../../../transforms/kit/tree.js';
import {
  certificatePath,
  isLiteralPath,
  looksLikeCa,
  selfNames,
} from '../../../transforms/tracing/certificatePath.js';

/** What a getter with this body returns: `path`, `path if it exists`, with the other conditions in brackets. */
function read(body: string, top = ''): string | undefined {
  const lines = body.replace(/^/gm, '        ');
  const file = new PythonFile('a.py', `${top}\nclass A:\n    def cert(self):\n${lines}\n`);
  const [method] = file.classes[0]?.methods ?? [];
  const outcomes = method && outcomesOf(method.node);
  const found = outcomes && certificatePath(file, outcomes);
  if (found === undefined || found === 'none') return found;
  const conditions = found.conditions.map(({ node, negated }) => `${negated ? 'not ' : ''}${node.text()}`);
  return `${found.node.text()}${found.tested ? ' if it exists' : ''}${conditions.length > 0 ? ` [${conditions}]` : ''}`;
}

describe('certificatePath', () => {
  it.each<[string, string, string | undefined, string?]>([
    ['None', 'return None', 'none'],
    ['nothing', 'pass', 'none'],
    ['literal', 'return "/ca.pem"', '"/ca.pem"'],
    ['relative literal', 'return "./ca.pem"', '"./ca.pem"'],
    ['f-string of a path', 'return f"{self.root}/ca.pem"', 'f"{self.root}/ca.pem"'],
    ['f-string with a call', 'return f"/{self.root()}/ca.pem"', undefined],
    ['certificate content', 'return "-----BEGIN CERTIFICATE-----"', undefined],
    ['name of a path', 'return self.ca_path', 'self.ca_path'],
    ['name of a file', 'return CERT_FILE', 'CERT_FILE'],
    ['another name', 'return self.certificate', undefined],
    ['a folder named like a path', 'return self.paths.certificate', undefined],
    ['constant', 'return CA', 'CA', 'CA = "/ca.pem"'],
    ['constant of a constant', 'return CA', 'CA', 'B = "/ca.pem"\nCA = B'],
    ['constant that holds content', 'return CA_PATH', undefined, 'CA_PATH = "-----BEGIN"'],
    ['constants in a circle', 'return CA', undefined, 'CA = B\nB = CA'],
    [
      'constants in a circle, named like paths',
      'return CA_PATH',
      'CA_PATH',
      'CA_PATH = B_PATH\nB_PATH = CA_PATH',
    ],
    ['str', 'return str(self.ca_path)', 'self.ca_path'],
    ['str of Path of str', 'return str(Path(str(self.ca_path)))', 'self.ca_path'],
    ['in parentheses', 'return (self.ca_path)', 'self.ca_path'],
    ['joined', 'return Path("/etc") / "ca.pem"', 'Path("/etc") / "ca.pem"'],
    ['joined in parentheses', 'return (self.root) / ("ca.pem")', '(self.root) / ("ca.pem")'],
    ['added', 'return self.root + "/ca.pem"', 'self.root + "/ca.pem"'],
    ['another operator', 'return self.root % "ca.pem"', undefined],
    ['joined with a call', 'return self.root() / "ca.pem"', undefined],
    ['joined to a call', 'return self.root / name()', undefined],
    ['os.path.join', 'return os.path.join(self.root, "ca.pem")', 'os.path.join(self.root, "ca.pem")'],
    ['os.path.join of a call', 'return os.path.join(self.root(), "ca.pem")', undefined],
    ['another call', 'return self.write("/ca.pem")', undefined],
    ['a subscript', 'return self.paths["ca"]', undefined],
    ['two paths', 'if a:\n    return "/a"\nreturn "/b"', undefined],
    ['the same path twice', 'if a:\n    return "/a"\nreturn str("/a")', '"/a" [a,not a]'],
    ['if it exists', 'if Path(P).exists():\n    return P', 'P if it exists', 'P = "/a"'],
    ['if it is a file', 'if os.path.isfile(P):\n    return str(P)', 'P if it exists', 'P = "/a"'],
    ['if another exists', 'if Path(Q).exists():\n    return P', 'P [Path(Q).exists()]', 'P = "/a"'],
    ['if it does not exist', 'if not Path(P).exists():\n    return P', 'P', 'P = "/a"'],
    ['if it is given', 'return self.ca_path or None', 'self.ca_path'],
    ['if TLS is on', 'return "/a" if self.tls else None', '"/a" [self.tls]'],
  ])('%s', (_, body, expected, ...[top]) => {
    expect(read(body, top)).toBe(expected);
  });
});

/** The argument of the first `use(…)` in a source. */
function used(source: string) {
  const tree = new MemoryTree({ 'a.py': source });
  const charm = new Charm(new Overlay(tree));
  const file = charm.python('a.py');
  const node = file?.find('use($X)')[0]?.getMatch('X');
  if (!file || !node) throw new Error('no use');
  return { charm, file, node };
}

describe('isLiteralPath', () => {
  it.each<[string, string, boolean]>([
    ['literal', 'use("/a")\n', true],
    ['joined', 'use(A / "a")\n', true],
    ['Path', 'use(Path(A))\n', true],
    ['another call', 'use(find(A))\n', false],
    ['constant', 'A = ("/a")\nuse(A)\n', true],
    ['constant of a call', 'A = find()\nuse(A)\n', false],
    ['unknown name', 'use(A)\n', false],
    ['constants in a circle', 'A = B\nB = A\nuse(A)\n', false],
  ])('%s', (_, source, expected) => {
    const { charm, file, node } = used(source);
    expect(isLiteralPath(file, node, charm)).toBe(expected);
  });
});

describe('looksLikeCa', () => {
  it.each<[string, boolean]>([
    ['use(CA_PATH)\n', true],
    ['use(self.ca_path)\n', true],
    ['use("/etc/trust.pem")\n', true],
    ['use(CERT_PATH)\n', false],
    ['CERT_PATH = "/etc/ssl/ca.pem"\nuse(CERT_PATH)\n', true],
    ['CERT_PATH = "/etc/ssl/server.pem"\nuse(CERT_PATH)\n', false],
    ['use(self.location)\n', false],
  ])('%j', (source, expected) => {
    const { file, node } = used(source);
    expect(looksLikeCa(file, node)).toBe(expected);
  });
});

it('selfNames lists what is read of self, at the roots', () => {
  const { node } = used('use(self.a.b / self.c["d"] / other.e)\n');
  expect([...selfNames(node, 'self').keys()]).toEqual(['a', 'c']);
});
