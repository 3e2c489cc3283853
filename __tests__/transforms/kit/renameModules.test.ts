import { describe, expect, it } from '@jest/globals';
import { applyToCharm } from '../../../runner/testing.js';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import { ModuleMoves } from '../../../transforms/kit/moduleMoves.js';
import { renameModules } from '../../../transforms/kit/renameModules.js';

// A library that moved: acme.old.v1.http and acme.old.v2.http became acme.net.client, acme.old.ws became acme.sockets.
const map = {
  package: 'acme.old',
  moved: {
    'acme.old.v1.http': 'acme.net.client',
    'acme.old.v2.http': 'acme.net.client',
    'acme.old.ws': 'acme.sockets',
    'acme.old.mail': 'acme.post.mail',
  },
  removed: { 'acme.old.ftp': 'nobody uses it' },
  renamed: {
    'acme.old.v1.http': { fetch: 'get', load: 'get', HttpError: 'ClientError' },
    'acme.old.v2.http': { fetch: 'get' },
  },
};
const NAMES: Record<string, string[]> = {
  'acme.net.client': ['get', 'post', 'ClientError', 'Session', 'LIMIT'],
  'acme.sockets': ['open_socket'],
};
const has = (module: string, name: string) => NAMES[module]?.includes(name) ?? false;
const step = renameModules(map, has, {
  id: 'leave-acme-old',
  title: 'Leave acme.old',
  gone: { Timeout: { help: 'Nothing times out.', exception: true } },
  skip: (charm) => (charm.read('OWNER') === undefined ? undefined : 'acme lives here'),
  refuse: (charm, module, names) =>
    names.includes('LIMIT')
      ? { message: `LIMIT of ${module} is in bytes`, help: String(charm?.root) }
      : undefined,
});

/** The text that `src/app.py` becomes, and `line id` of the findings. */
function run(source: string, others: Record<string, string> = {}) {
  const { files, findings } = applyToCharm({ 'src/app.py': source, ...others }, [step]);
  return {
    text: files['src/app.py'],
    findings: findings.map(({ id, line, file }) => `${file}:${line} ${id.split('/')[1]}`),
    messages: findings.map(({ message }) => message),
  };
}

describe('names that were renamed', () => {
  it.each([
    [
      'at the import and at every use',
      'from acme.old.v1.http import fetch\nfetch(1)\n',
      'from acme.net.client import get\nget(1)\n',
    ],
    [
      'not behind an alias',
      'from acme.old.v1.http import fetch as f\nf(1)\n',
      'from acme.net.client import get as f\nf(1)\n',
    ],
    [
      'not where a scope shadows them',
      'from acme.old.v1.http import fetch\ndef f(fetch): return fetch\ndef g(): return fetch\n',
      'from acme.net.client import get\ndef f(fetch): return fetch\ndef g(): return get\n',
    ],
    [
      'as attribute of the module',
      'import acme.old.v1.http as h\nh.fetch(h.post)\n',
      'import acme.net.client as h\nh.get(h.post)\n',
    ],
    [
      'after a plain import',
      'import acme.old.v1.http\nacme.old.v1.http.fetch(acme.old.v1.http)\n',
      'import acme.net.client\nacme.net.client.get(acme.net.client)\n',
    ],
    ['in a patch target', 'patch("acme.old.v1.http.fetch.x")\n', 'patch("acme.net.client.get.x")\n'],
    [
      'with the fallback of the same try',
      'try:\n    from acme.old.v1.http import fetch\nexcept ImportError:\n    def fetch(): ...\nfetch()\n',
      'try:\n    from acme.net.client import get\nexcept ImportError:\n    def get(): ...\nget()\n',
    ],
    [
      'two that become one',
      'from acme.old.v1.http import fetch, load\nfetch(load)\n',
      'from acme.net.client import get\nget(get)\n',
    ],
    [
      'beside the new name of the same thing',
      'from acme.old.v1.http import fetch\nfrom acme.net.client import get\nfetch(get)\n',
      'from acme.net.client import get\nget(get)\n',
    ],
    [
      'in the order of the list',
      'from acme.old.v1.http import HttpError, Session, fetch\nHttpError\n',
      'from acme.net.client import ClientError, Session, get\nClientError\n',
    ],
    [
      'in a list that was not in order',
      'from acme.old.v1.http import fetch, Session\nfetch\n',
      'from acme.net.client import get, Session\nget\n',
    ],
    [
      'in a commented list',
      'from acme.old.v1.http import (\n    HttpError,  # why\n    fetch,\n)\nfetch\n',
      'from acme.net.client import (\n    ClientError,  # why\n    get,\n)\nget\n',
    ],
    [
      'of a module of another base name',
      'from acme.old.v1 import http\nhttp.post()\n',
      'from acme.net import client\nclient.post()\n',
    ],
    [
      'in a doctest',
      '"""\n>>> from acme.old.v1.http import fetch as f, post\n"""\n',
      '"""\n>>> from acme.net.client import get as f, post\n"""\n',
    ],
  ])('%s', (_, source, expected) => {
    expect(run(source)).toEqual({ text: expected, findings: [], messages: [] });
  });

  it.each([
    ['the new name is taken', 'from acme.old.v1.http import fetch\nget = 1\nfetch(get)\n'],
    [
      'the new name is another import',
      'from acme.old.v1.http import fetch\nfrom other import get\nfetch(get)\n',
    ],
    ['it is bound in another way too', 'from acme.old.v1.http import fetch\nfetch = fetch or None\n'],
    [
      'two imports bind it',
      'try:\n    from acme.old.v1.http import fetch\nexcept ImportError:\n    from other import fetch\n',
    ],
    ['it is global in a function', 'from acme.old.v1.http import fetch\ndef f():\n    global fetch\n'],
    ['a string means it', 'from acme.old.v1.http import fetch\n__all__ = ["fetch"]\n'],
  ])('the old name stays as an alias when %s', (_, source) => {
    const expected = source.replace('acme.old.v1.http import fetch', 'acme.net.client import get as fetch');
    expect(run(source).text).toEqual(expected);
  });

  it.each([
    ['imports it from here', 'from app import fetch\n'],
    ['patches it here', 'patch("app.fetch")\n'],
  ])('the old name stays as an alias when another file %s', (_, other) => {
    const source = 'from acme.old.v1.http import fetch\nfetch(1)\n';
    const expected = 'from acme.net.client import get as fetch\nfetch(1)\n';
    expect(run(source, { 'tests/test_app.py': other }).text).toEqual(expected);
  });

  it('stay as an alias when the other files are not known', () => {
    const result = applyTransforms('from acme.old.v1.http import fetch\n', [step], { path: 'a.py' });
    expect(result).toMatchObject({ output: 'from acme.net.client import get as fetch\n' });
  });

  it('uses of other files that import it from the old library do not matter', () => {
    const other = 'from acme.old.v1.http import fetch\nfetch()\npatch("acme.old.v1.http.fetch")\n';
    expect(run(other, { 'src/other.py': other }).text).toContain('import get\nget()');
  });
});

describe('what cannot move', () => {
  it.each([
    ['a name that is gone', 'from acme.old.v1.http import Pool\n', ['1 name-gone']],
    ['an attribute that is gone', 'import acme.old.ws as w\nw.Pool\n', ['2 name-gone']],
    ['a star', 'from acme.old.ws import *\n', ['1 name-gone']],
    [
      'a module without successor',
      'from acme.old.ftp import put\nx = "acme/old/ftp.py"\n',
      ['1 no-successor', '2 text-left'],
    ],
    [
      'a module that nobody knows',
      'import acme.old.gopher\n"""acme.old.gopher"""\n',
      ['1 no-successor', '2 text-left'],
    ],
    ['a package', 'from acme.old import v1\n', ['1 package-import']],
    ['the old package itself', 'from acme import old\n', ['1 package-import']],
    ['modules that went to several packages', 'from acme.old import ws, mail\n', ['1 package-import']],
    ['a module beside one without successor', 'from acme.old import ws, ftp\n', ['1 no-successor']],
    ['a name with another meaning', 'from acme.old.v2.http import LIMIT\n', ['1 changed-meaning']],
    ['a text with a name that is gone', 'x = "acme.old.ws.Pool"\n', ['1 text-left']],
    [
      'a doctest with a name that is gone',
      '"""from acme.old.ws import open_socket, Pool"""\n',
      ['1 text-left'],
    ],
    ['an address', '# https://x.org/acme/old/ws.py\n', ['1 text-left']],
    ['mixed separators', 'x = "acme/old.v1/http"\n', ['1 text-left']],
    ['a package that went to several places', 'x = "acme.old"\n', ['1 text-left']],
  ])('%s', (_, source, findings) => {
    expect(run(source)).toMatchObject({ text: source, findings: findings.map((one) => `src/app.py:${one}`) });
  });

  it('reports clauses that wait for an exception that is gone', () => {
    const source =
      'from acme.old.ws import Timeout\nimport acme.old.ws as w\ntry:\n    w.open_socket(Timeout)\nexcept (KeyError, Timeout):\n    pass\nexcept w.Timeout as e:\n    pass\nexcept OSError:\n    pass\nexcept:\n    pass\n';
    expect(run(source).findings).toEqual([
      'src/app.py:1 name-gone',
      'src/app.py:5 dead-except',
      'src/app.py:7 name-gone',
      'src/app.py:7 dead-except',
    ]);
  });
});

describe('what stays behind', () => {
  const gone = 'from acme.old.ws import Pool\n';
  const user = 'from acme.old.ws import open_socket\n# acme.old.ws\nx = "acme/old/ws"\n';

  it('a module that the code cannot leave stays in every file, tests included', () => {
    const { text, findings, messages } = run(gone, { 'src/b.py': user, 'tests/c.py': user });
    expect(text).toBe(gone);
    expect(findings).toEqual([
      'src/app.py:1 name-gone',
      ...['src/b.py', 'tests/c.py'].flatMap((path) =>
        [1, 2, 3].map((line) => `${path}:${line} stays-behind`),
      ),
    ]);
    expect(messages[0]).toContain('these stay too: src/b.py, tests/c.py');
  });

  it('a module that only a test cannot leave stays in that statement alone', () => {
    const { files, findings } = applyToCharm({ 'tests/test_a.py': gone + user, 'src/b.py': user }, [step]);
    expect(files['src/b.py']).toBe(
      'from acme.sockets import open_socket\n# acme.sockets\nx = "acme/sockets"\n',
    );
    expect(files['tests/test_a.py']).toBe(gone + files['src/b.py']);
    expect(findings.map(({ id }) => id)).toEqual(['leave-acme-old/name-gone']);
  });

  it('a module that shares a statement with one that stays, stays as well', () => {
    const { text } = run('import acme.old.ws, acme.old.v1.http\n', {
      'src/b.py': gone,
      'src/c.py': 'import acme.old.v1.http\n',
    });
    expect(text).toBe('import acme.old.ws, acme.old.v1.http\n');
  });

  it('other modules of a package move, but not the mention of a package that holds one that stays', () => {
    const { text } = run('from acme.old.v1.http import Pool\nx = "acme.old.v1"\ny = "acme.old.v2"\n');
    expect(text).toBe('from acme.old.v1.http import Pool\nx = "acme.old.v1"\ny = "acme.net"\n');
  });
});

describe('the rest', () => {
  it('leaves the owner alone, and says so where there is something', () => {
    expect(run('import acme.old.ws\n', { OWNER: '' })).toMatchObject({
      text: 'import acme.old.ws\n',
      findings: ['null:null left-alone'],
    });
    expect(run('import acme\n', { OWNER: '' }).findings).toEqual([]);
  });

  it('does not touch the files of the library', () => {
    const source = '"""Was acme.old.v1.http."""\n';
    const { files } = applyToCharm({ 'acme/net/client.py': source, 'x/acme/old/ws.py': source }, [step]);
    expect(Object.values(files)).toEqual([source, source]);
  });

  it('leaves what only looks like the package', () => {
    const source =
      'import acme.older\nfrom old.ws import x\nold = "old"\ny = "my_acme/older/ws", "other.old.ws"\n';
    expect(run(source)).toEqual({ text: source, findings: [], messages: [] });
  });

  it('renames in a string that spans lines, and in parts of an f-string', () => {
    const source = 'x = """\nacme.old.ws\n"""\ny = f"acme.old.ws.{x}"\n';
    expect(run(source).text).toBe(source.replaceAll('acme.old.ws', 'acme.sockets'));
  });

  it('puts a statement behind another where isort wants it, its margin kept', () => {
    const source = 'def f():\n    from acme.old.ws import open_socket  # why\n    from acme.plain import x\n';
    expect(run(source).text).toBe(
      'def f():\n    from acme.plain import x\n    from acme.sockets import open_socket  # why\n',
    );
  });

  it('changes a statement that shares its line', () => {
    expect(run('x = 1; from acme.old.ws import open_socket; y = 2\n').text).toBe(
      'x = 1; from acme.sockets import open_socket; y = 2\n',
    );
  });

  it('keeps what is imported beside it', () => {
    expect(run('import os, acme.old.ws\n').text).toBe('import os, acme.sockets\n');
  });
});

describe('ModuleMoves', () => {
  it('finds no damage to repair when the new packages have one segment', () => {
    expect(new ModuleMoves(map, has).literals).toEqual(['old']);
  });
});
