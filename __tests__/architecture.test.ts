/** The house rules of DESIGN 1 that no type checks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { presets, transforms } from '../transforms/index.js';

const sources = readdirSync('transforms', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => posix.join('transforms', path.replaceAll('\\', '/')))
  .sort();
const text = (path: string) => readFileSync(path, 'utf8');

/** Modules that a file imports: paths from the top for ours, names for others. */
function imported(path: string): string[] {
  const found = text(path).matchAll(
    /^(?:import|export)\s+(?:type\s+)?[\w*{][^'"();]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, one, bare, lazy]) => {
    const name = one ?? bare ?? lazy ?? '';
    return name.startsWith('.') ? posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts') : name;
  });
}

const steps = Object.keys(presets).flatMap((preset) =>
  readdirSync(join('transforms', preset), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /^export default (?:defineTransform|renameModules)/m.test(
          text(join('transforms', preset, entry.name)),
        ),
    )
    .map((entry) => ({
      preset,
      id: basename(entry.name, '.ts'),
      path: posix.join('transforms', preset, entry.name),
    })),
);

describe('imports', () => {
  it('are found at all', () => {
    expect(imported('transforms/kit/languages.ts')).toContain('node:fs');
    expect(imported('transforms/kit/apply.ts')).toContain('transforms/kit/charm.ts');
  });

  it.each(sources)('%s stays inside transforms/', (path) => {
    const outside = imported(path).filter(
      (name) => /^(runner|__tests__|scripts|bench)\//.test(name) || name.startsWith('..'),
    );
    expect(outside).toEqual([]);
  });

  it.each(sources)('%s touches neither files nor processes', (path) => {
    const allowed = path === 'transforms/kit/languages.ts' ? ['node:fs'] : [];
    expect(imported(path).filter((name) => name.startsWith('node:'))).toEqual(allowed);
    const code = text(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '');
    expect(
      code.match(/\b(?:process\.\w+|Date\.now|new Date|Math\.random|performance\.now|fetch\()/g),
    ).toBeNull();
  });

  it('existsSync is all that languages.ts takes from node:fs', () => {
    expect(text('transforms/kit/languages.ts')).toMatch(/^import \{ existsSync \} from 'node:fs';$/m);
  });

  it.each(sources.filter((path) => path.startsWith('transforms/kit/')))(
    '%s knows no step and no fact',
    (path) => {
      const ours = imported(path).filter((name) => name.startsWith('transforms/'));
      expect(ours.filter((name) => !name.startsWith('transforms/kit/'))).toEqual([]);
    },
  );

  it.each(sources.filter((path) => path.startsWith('transforms/facts/')))('%s is data', (path) => {
    const ours = imported(path).filter((name) => name.startsWith('transforms/'));
    expect(ours.filter((name) => !/^transforms\/(facts|kit)\//.test(name))).toEqual([]);
  });

  it('form no cycle but those of types', () => {
    const values = (path: string) =>
      [...text(path).matchAll(/^(?:import|export)\s+(?!type\b)([^'"]*?)from\s+'(\.[^']+)'/gm)]
        // `import { type A, type B }` is erased too.
        .filter(
          ([, names = '']) => /\*|\{[^}]*?(?:^|[{,])\s*(?!type\b|\})\w/.test(names) || !names.includes('{'),
        )
        .map(([, , name = '']) => posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts'));
    const done = new Set<string>();
    const visit = (path: string, above: readonly string[]): string[] => {
      if (above.includes(path)) return [[...above, path].join(' → ')];
      if (done.has(path) || !existsSync(path)) return [];
      const found = values(path).flatMap((next) => visit(next, [...above, path]));
      done.add(path);
      return found;
    };
    expect(sources.flatMap((path) => visit(path, []))).toEqual([]);
  });
});

describe('presets', () => {
  it.each(Object.entries(presets))(
    '%s is named by its key and has steps, each once and with a reason',
    (key, preset) => {
      expect(preset.id).toBe(key);
      expect(preset.title).not.toBe('');
      const ids = preset.steps.map(({ transform }) => transform.id);
      expect(ids).toEqual([...new Set(ids)]);
      expect(preset.steps.filter(({ why }) => why.trim().length < 20)).toEqual([]);
    },
  );

  it('hold every step that is written', () => {
    const listed = Object.values(presets).flatMap(({ id, steps }) =>
      steps.map(({ transform }) => `${id}/${transform.id}`),
    );
    expect(steps.map(({ preset, id }) => `${preset}/${id}`).sort()).toEqual(listed.sort());
    expect(steps.map(({ id }) => id).sort()).toEqual(Object.keys(transforms).sort());
  });
});

describe.each(steps)('$id', ({ id, preset, path }) => {
  const transform = transforms[id];

  it('has its name in its id, its fixtures and its test', () => {
    expect(transform?.id).toBe(id);
    expect(existsSync(join('__testfixtures__', id))).toBe(true);
    expect(existsSync(join('__tests__', 'transforms', preset, `${id}.test.ts`))).toBe(true);
  });

  it('begins with a header of the sections that explain prints', () => {
    const header = /^\/\*\*([\s\S]*?)\*\//.exec(text(path))?.[1] ?? '';
    // What it does needs no word in front of it; the example may be any code.
    expect(header.slice(0, header.indexOf('Why:')).trim().length).toBeGreaterThan(20);
    const example = header
      .slice(header.indexOf('Why:'), header.indexOf('Handles:'))
      .match(/^ \* {4,}\S.*$/gm);
    expect(example?.length).toBeGreaterThan(0);
    expect(example?.length).toBeLessThanOrEqual(6);
    const places = ['Why:', 'Handles:', 'Refuses:', 'Safety:'].map((section) => header.indexOf(section));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('has sane literals', () => {
    const literals = transform?.literals ?? [];
    expect(literals).toEqual([...new Set(literals)]);
    // A shorter one would make nearly every file a candidate.
    expect(literals.filter((literal) => literal.length < 5 || literal !== literal.trim())).toEqual([]);
    // One that holds another adds nothing.
    expect(literals.filter((one) => literals.some((other) => other !== one && one.includes(other)))).toEqual(
      [],
    );
  });

  it('declares titled findings in kebab-case', () => {
    for (const [reason, kind] of Object.entries(transform?.findings ?? {})) {
      expect(reason).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(kind.title.length).toBeGreaterThan(10);
    }
  });
});

it('no fixture folder is unused', () => {
  const used = new Set(
    readdirSync('__tests__', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .flatMap((path) =>
        [...text(join('__tests__', path)).matchAll(/__testfixtures__(?:\/|', ')([\w-]+)/g)].map(
          ([, name]) => name,
        ),
      ),
  );
  const folders = readdirSync('__testfixtures__');
  expect(folders.filter((name) => !transforms[name] && !used.has(name))).toEqual([]);
});
