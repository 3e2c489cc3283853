/** The public surface, written down: `npm run api` after a change that is meant. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from '@jest/globals';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const ENTRIES = {
  'tempo-codemods': 'dist/runner/index.d.ts',
  'tempo-codemods/kit': 'dist/transforms/kit/index.d.ts',
  'tempo-codemods/testing': 'dist/runner/testing.d.ts',
};

function surface(): string {
  const paths = Object.values(ENTRIES).map((path) => join(root, path));
  const program = ts.createProgram(paths, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const lines: string[] = [];
  Object.entries(ENTRIES).forEach(([entry], index) => {
    const source = program.getSourceFile(paths[index] ?? '');
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry} was not built`);
    lines.push(`# ${entry}`, '');
    const symbols = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const exported of symbols) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      for (const declaration of symbol.declarations ?? []) {
        const file = declaration.getSourceFile();
        if (file.fileName.includes('node_modules')) {
          lines.push(
            `export ${exported.name} (of ${/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file.fileName)?.[1]})`,
          );
          continue;
        }
        const printed = printer.printNode(ts.EmitHint.Unspecified, declaration, file);
        // What is private is nobody's business.
        lines.push(...printed.split('\n').filter((line) => !/^\s+(#|private )/.test(line)));
      }
    }
    lines.push('');
  });
  return lines.join('\n');
}

it('is what api.txt says', () => {
  const path = join(import.meta.dirname, 'api.txt');
  const found = surface();
  if (process.env.UPDATE_API) writeFileSync(path, found);
  const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (found !== written) {
    const before = new Set(written.split('\n'));
    const fresh = found.split('\n').filter((line) => !before.has(line));
    throw new Error(
      `the public surface changed; if that is meant: npm run api, and a changeset. New lines:\n${fresh.join('\n')}`,
    );
  }
});
