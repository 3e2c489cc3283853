/** No regular expression of ours hangs on hostile text: each literal against long strings made from its own characters. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { expect, it } from '@jest/globals';
import ts from 'typescript';

const LENGTH = 2000;
/** A quadratic search of that length takes milliseconds, an exponential one for ever. */
const LIMIT_MS = 10_000;

interface Literal {
  readonly place: string;
  readonly source: string;
}

const literals: Literal[] = ['transforms', 'runner'].flatMap((top) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => {
      const file = join(top, path);
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      const found: Literal[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
          found.push({ place: `${file}:${line + 1}`, source: node.text });
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    }),
);

/** Long strings that a regular expression may choke on: its literal start, then its characters over and over. */
function attacks(regex: string): string[] {
  const body = regex.slice(1, regex.lastIndexOf('/'));
  const start = /^\^?((?:[\w \-@#:]|\\[.(/])*)(?![*?+{])/.exec(body)?.[1]?.replaceAll('\\', '') ?? '';
  const characters = [...new Set(['a', '0', ' ', '\n', '.', ...body.replace(/\\[a-zA-Z]/g, '')])].slice(
    0,
    24,
  );
  const units = [...characters, ...characters.map((one) => `a${one}`), ...characters.map((one) => `${one} `)];
  return units.flatMap((unit) => {
    const long = unit.repeat(LENGTH / unit.length);
    return start === '' ? [`${long}\u0000`] : [`${long}\u0000`, `${start}${long}\u0000`];
  });
}

it('are found', () => {
  expect(literals.length).toBeGreaterThan(200);
});

it('end soon on long hostile strings', () => {
  const context = createContext({ text: '' });
  const slow: string[] = [];
  for (const { place, source } of literals) {
    const flags = /[a-z]*$/.exec(source)?.[0].replace('y', '') ?? '';
    const global = `${source.slice(0, source.lastIndexOf('/'))}/${flags.includes('g') ? flags : `${flags}g`}`;
    const script = new Script(`text.replace(${global}, '')`);
    for (const text of attacks(source)) {
      context.text = text;
      try {
        script.runInContext(context, { timeout: LIMIT_MS });
      } catch {
        slow.push(`${place} ${source} on ${JSON.stringify(text.slice(0, 30))}…`);
        break;
      }
    }
  }
  expect(slow).toEqual([]);
}, 600_000);
