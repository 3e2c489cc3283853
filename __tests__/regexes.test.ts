/**
 * No regular expression of ours hangs on hostile text. Each one, literal or put together, is judged by recheck; what it
 * calls polynomial or exponential has to take its attack, 100 kB long, as fast as one that is linear.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { expect, it } from '@jest/globals';
import { check } from 'recheck';
import ts from 'typescript';

/** Of a line of a hostile file. */
const LENGTH = 100_000;
/** What is linear takes a few milliseconds, what is quadratic seconds; machines are busy now and then. */
const LIMIT_MS = 200;
const ATTEMPTS = 3;

/** A quick look in each run of the suite; `REGEXES=all` takes recheck's own, thorough limits, and minutes. */
const LIMITS =
  process.env.REGEXES === 'all'
    ? { timeout: 120_000 }
    : {
        timeout: 60_000,
        maxNFASize: 2000,
        incubationLimit: 10_000,
        attackLimit: 500_000,
        maxIteration: 5,
      };

/** Those that see short texts only: by source, the greatest length and why. */
const SHORT: Readonly<Record<string, readonly [length: number, why: string]>> = {
  ...Object.fromEntries(
    [
      String.raw`requirements[^/]*\.txt$`,
      String.raw`(?:^|\/)(?:README|CONTRIBUTING|HACKING)[^/]*$|(?:^|\/)\.github\/.*\.md$`,
      String.raw`(?:^|\/)(?:(?:CHANGELOG|CHANGES|HISTORY|NEWS|RELEASES?|RELEASE[-_ ]?NOTES)(?:[-_.][^/]*)?|r-(?:releases?|revision)[^/]*|release[-_]notes?\/.*)(?<!\.(?:pyi?|ya?ml|toml|ini|cfg|json5?|sh))$`,
    ].map((source) => [source, [4096, 'a path, of which the system takes no longer one']]),
  ),
  '.*\\.': [200, 'a module of our own tables'],
};

interface Regex {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
  /** Put together at run time; what is not known here is `name`. */
  readonly made: boolean;
}

const trees = new Map<string, ts.SourceFile>();
function treeOf(file: string): ts.SourceFile {
  const known = trees.get(file);
  if (known) return known;
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  trees.set(file, tree);
  return tree;
}

/** The initial value of a name: the nearest constant, also one that is imported from a module of ours. */
function initialOf(name: string, tree: ts.SourceFile): string {
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (found !== undefined) return;
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.name.text === name &&
      node.initializer
    )
      found = textOf(node.initializer, tree);
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const named = node.importClause?.namedBindings;
      const path = node.moduleSpecifier.text;
      if (
        path.startsWith('.') &&
        named &&
        ts.isNamedImports(named) &&
        named.elements.some((one) => one.name.text === name)
      )
        found = initialOf(name, treeOf(join(dirname(tree.fileName), path.replace(/\.js$/, '.ts'))));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found ?? 'name';
}

/** The text of an expression as far as it can be read from the source; `name` stands for the rest. */
function textOf(node: ts.Expression, tree: ts.SourceFile): string {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return node.text.slice(1, node.text.lastIndexOf('/'));
  if (ts.isIdentifier(node)) return initialOf(node.text, tree);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textOf(node.expression, tree);
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map((span) => textOf(span.expression, tree) + span.literal.text);
    return node.head.text + spans.join('');
  }
  if (ts.isTaggedTemplateExpression(node)) {
    const { template } = node;
    if (ts.isNoSubstitutionTemplateLiteral(template)) return template.rawText ?? template.text;
    const spans = template.templateSpans.map(
      (span) => textOf(span.expression, tree) + (span.literal.rawText ?? span.literal.text),
    );
    return (template.head.rawText ?? template.head.text) + spans.join('');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return textOf(node.left, tree) + textOf(node.right, tree);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source')
    return textOf(node.expression, tree);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (/^replace/.test(name.text)) return textOf(expression, tree);
    // `list.map((one) => …).join('|')`: one of them.
    const [made] = ts.isCallExpression(expression) ? expression.arguments : [];
    if (name.text === 'join' && made && ts.isArrowFunction(made) && !ts.isBlock(made.body))
      return textOf(made.body, tree);
  }
  return 'name';
}

const regexes: Regex[] = ['transforms', 'runner'].flatMap((top) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => {
      const tree = treeOf(join(top, path));
      const found: Regex[] = [];
      const visit = (node: ts.Node): void => {
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
        const place = `${tree.fileName}:${line + 1}`;
        if (ts.isRegularExpressionLiteral(node)) {
          const end = node.text.lastIndexOf('/');
          found.push({
            place,
            source: node.text.slice(1, end),
            flags: node.text.slice(end + 1),
            made: false,
          });
        }
        if (
          (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
          node.expression.getText(tree) === 'RegExp'
        ) {
          const [source, flags] = node.arguments ?? [];
          if (source)
            found.push({
              place,
              source: textOf(source, tree),
              flags: flags ? textOf(flags, tree) : '',
              made: true,
            });
        }
        ts.forEachChild(node, visit);
      };
      visit(tree);
      return found;
    }),
);

const context = createContext({ text: '' });

/** Whether a search of all of a text ends in time. */
function endsSoon({ source, flags }: Regex, text: string): boolean {
  context.text = text;
  context.pattern = source;
  context.flags = `${flags.replace(/[gy]/g, '')}g`;
  const search = new Script("text.replace(new RegExp(pattern, flags), '')");
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      search.runInContext(context, { timeout: LIMIT_MS });
      return true;
    } catch (error) {
      // Errors of the other realm are not ours.
      if (!/timed out/.test(String(error))) throw error;
    }
  }
  return false;
}

interface Attack {
  readonly pumps: readonly { readonly prefix: string; readonly pump: string }[];
  readonly suffix: string;
}

/** The attack with its repeated parts so often that it has the length. */
function textFor({ pumps, suffix }: Attack, length: number): string {
  const each = length / pumps.length;
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(each / pump.length)).join('') + suffix;
}

it('are found', () => {
  expect(regexes.filter(({ made }) => !made).length).toBeGreaterThan(200);
  const sources = regexes.filter(({ made }) => made).map(({ source }) => source);
  expect(sources.length).toBeGreaterThan(25);
  expect(sources.filter((source) => source === 'name').length).toBeLessThan(5);
  const all = new Set(regexes.map(({ source }) => source));
  expect(Object.keys(SHORT).filter((source) => !all.has(source))).toEqual([]);
});

it('the check finds what is slow', async () => {
  for (const [source, text] of [
    ['\\s+$', `${' '.repeat(LENGTH)}x`],
    ['(a|a)*b', `${'a'.repeat(40)}c`],
  ] as const) {
    const verdict = await check(source, '');
    expect(verdict.status).toBe('vulnerable');
    expect(endsSoon({ place: '', source, flags: '', made: true }, text)).toBe(false);
  }
  expect(
    endsSoon({ place: '', source: '(?<!\\s)\\s+$', flags: '', made: true }, `${' '.repeat(LENGTH)}x`),
  ).toBe(true);
});

it('end soon on their attack', async () => {
  const slow: string[] = [];
  const judged = new Map<string, Regex>();
  for (const regex of regexes) judged.set(`/${regex.source}/${regex.flags}`, regex);
  for (const [key, regex] of judged) {
    const verdict = await check(regex.source, regex.flags, LIMITS);
    if (verdict.status === 'unknown') slow.push(`${regex.place} ${key}: no verdict, ${verdict.error.kind}`);
    if (verdict.status !== 'vulnerable') continue;
    const text = textFor(verdict.attack, SHORT[regex.source]?.[0] ?? LENGTH);
    if (endsSoon(regex, text)) continue;
    slow.push(`${regex.place} ${key}: ${verdict.complexity.summary} on ${verdict.attack.pattern}`);
  }
  expect(slow).toEqual([]);
}, 600_000);
