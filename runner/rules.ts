/**
 * ast-grep rule files as transforms.
 *
 * ast-grep's Node binding ignores what it does not know, so everything is checked here: a field that its command line
 * accepts and we do not support is an error that names it.
 */
import picomatch from 'picomatch';
import { LineCounter, parseAllDocuments } from 'yaml';
import { fixMatches } from '../transforms/kit/fix.js';
import { parsePython } from '../transforms/kit/languages.js';
import { PythonFile } from '../transforms/kit/python/file.js';
import { defineTransform, type FileContext, type Rule, type Transform } from '../transforms/kit/transform.js';
import { plainError, UsageError } from './errors.js';
import { unknownName } from './nearest.js';

type Fields = Readonly<Record<string, unknown>>;

const SUPPORTED = [
  'id',
  'language',
  'rule',
  'constraints',
  'utils',
  'transform',
  'fix',
  'severity',
  'message',
  'note',
  'url',
  'files',
  'ignores',
  'metadata',
];

/** What ast-grep's command line takes in a rule file and we do not, with what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  rewriters: 'write the step in TypeScript (docs/writing-a-transform.md)',
  labels: 'put the explanation into message and note',
};

const SEVERITIES = { error: 'error', warning: 'warning', info: 'info', hint: 'info' } as const;

/**
 * Reads the rules of a file, one transform each, in order.
 *
 * @param name of the file, for messages
 * @throws UsageError that names the document and the field
 */
export function readRules(source: string, name: string): Transform[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(source, { lineCounter: lines });
  if (!Array.isArray(documents)) throw new UsageError(`${name}: is empty, so there is no rule in it`);
  const transforms = documents.flatMap((document, index) => {
    const error = document.errors[0];
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new UsageError(`${name}:${line}:${col}: ${error.message.split('\n')[0]}`);
    }
    const data: unknown = document.toJS();
    // A last `---` makes an empty document.
    if (data === null) return [];
    return [readRule(data, name, index)];
  });
  if (transforms.length === 0) throw new UsageError(`${name}: is empty, so there is no rule in it`);
  return transforms;
}

function readRule(data: unknown, name: string, index: number): Transform {
  const id = isRecord(data) && typeof data.id === 'string' ? data.id : undefined;
  const where = id === undefined ? `${name}, document ${index + 1}` : `${name}, rule '${id}'`;
  const problem = (text: string) => new UsageError(`${where}: ${text}`);
  if (!isRecord(data)) throw problem('is no rule: it must be a mapping with id, language and rule');
  for (const field of Object.keys(data)) {
    const instead = UNSUPPORTED[field];
    if (instead !== undefined) throw problem(`the field '${field}' is not supported; ${instead}`);
    if (!SUPPORTED.includes(field)) throw problem(unknownName('field', field, SUPPORTED));
  }
  if (id === undefined) throw problem("the field 'id' is missing; it must be a string");
  const language = text(data, 'language', problem);
  if (language === undefined) throw problem("the field 'language' is missing; it must be Python");
  if (!/^(python|py)$/i.test(language))
    throw problem(`language '${language}' is not supported; only Python is`);
  if (!isRecord(data.rule)) throw problem("the field 'rule' is missing; it must be a mapping");
  const severity = severityOf(data, problem);
  const fix = fixOf(data.fix, problem);
  const config = Object.fromEntries(
    ['rule', 'constraints', 'utils', 'transform'].flatMap((key) => (key in data ? [[key, data[key]]] : [])),
  ) as unknown as Rule;
  check(data, config, problem);
  const message = text(data, 'message', problem);
  const note = text(data, 'note', problem);
  const url = text(data, 'url', problem);
  const files = globs(data, 'files', problem);
  const ignored = picomatch(globs(data, 'ignores', problem) ?? [], { dot: true });
  const isIgnored = (file: FileContext) => ignored(file.charm?.relative(file.path) ?? file.path);
  const rules: Readonly<Record<string, Rule>> = { rule: fix === undefined ? config : { ...config, fix } };
  const help = note ?? (url === undefined ? 'Change it by hand.' : `See ${url}`);
  try {
    const transform = defineTransform({
      id,
      title: message ?? id,
      safety: 'review',
      language: 'python',
      // Checked by defineTransform, which has no word for "any file".
      literals: ['any'],
      ...(files === undefined ? {} : { files }),
      ...(url === undefined ? {} : { docs: url }),
      rules,
      findings: {
        match: { severity, title: message ?? id },
        comment: { severity: 'warning', title: 'A comment stands inside the code that would be replaced' },
      },
      apply(file) {
        if (isIgnored(file)) return;
        if (fix !== undefined) {
          fixMatches(file, rules);
          return;
        }
        for (const at of file.find('rule')) file.report('match', { at, message: message ?? id, help });
      },
    });
    return { ...transform, literals: literalsOf(data.rule, data) ?? [''] };
  } catch (error) {
    throw problem(plainError(error));
  }
}

type Problem = (text: string) => UsageError;

function text(data: Fields, field: string, problem: Problem): string | undefined {
  const value = data[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw problem(`the field '${field}' must be a string`);
  return value.trim();
}

function globs(data: Fields, field: string, problem: Problem): string[] | undefined {
  const value = data[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw problem(`the field '${field}' must be a list of globs as strings; objects are not supported`);
  }
  return value;
}

function severityOf(data: Fields, problem: Problem): 'error' | 'warning' | 'info' {
  const given = text(data, 'severity', problem) ?? 'hint';
  if (given === 'off') throw problem("the field 'severity' is 'off': leave the rule out of the run instead");
  const found = Object.entries(SEVERITIES).find(([name]) => name === given)?.[1];
  if (!found) throw problem(unknownName('severity', given, Object.keys(SEVERITIES)));
  return found;
}

function fixOf(fix: unknown, problem: Problem): string | undefined {
  if (fix === undefined || typeof fix === 'string') return fix;
  if (!isRecord(fix))
    throw problem("the field 'fix' must be one template: a string or a mapping with 'template'");
  for (const field of Object.keys(fix)) {
    if (field !== 'template')
      throw problem(`the field 'fix.${field}' is not supported; widen the rule's match instead`);
  }
  if (typeof fix.template !== 'string') throw problem("the field 'fix.template' must be a string");
  return fix.template;
}

/** What only shows when a rule is used: unknown kinds, bad expressions, patterns that are not Python. */
function check(data: Fields, config: Rule, problem: Problem): void {
  for (const [path, pattern] of patternsOf({
    rule: data.rule,
    constraints: data.constraints,
    utils: data.utils,
  })) {
    const { syntaxErrors } = new PythonFile('pattern.py', pattern.replaceAll('$', '_'));
    if (syntaxErrors.length > 0) {
      throw problem(
        `the pattern at '${path}' is not Python on its own, so it would match nothing; use 'context' and 'selector'`,
      );
    }
  }
  try {
    parsePython('pass\n').findAll(config);
  } catch (error) {
    throw problem(plainError(error).replace(/\s+/g, ' '));
  }
}

function patternsOf(value: unknown, path = ''): [path: string, pattern: string][] {
  if (!isRecord(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const at = path === '' ? key : `${path}.${key}`;
    if (key === 'pattern' && typeof inner === 'string') return [[at, inner]];
    if (key === 'pattern' && isRecord(inner) && typeof inner.context === 'string') {
      return [[`${at}.context`, inner.context]];
    }
    return patternsOf(inner, at);
  });
}

/**
 * Strings of which every match must contain one, so that other files need no parse; undefined when the rule does not
 * show any.
 */
function literalsOf(rule: unknown, data: Fields, depth = 0): string[] | undefined {
  if (!isRecord(rule) || depth > 8) return undefined;
  const inner = (one: unknown) => literalsOf(one, data, depth + 1);
  const found: string[][] = [];
  const add = (literals: string[] | undefined) => {
    if (literals) found.push(literals);
  };
  if (typeof rule.pattern === 'string') add(wordsOf(rule.pattern));
  if (Array.isArray(rule.all)) rule.all.map(inner).forEach(add);
  for (const relation of ['has', 'inside', 'precedes', 'follows']) add(inner(rule[relation]));
  if (typeof rule.matches === 'string' && isRecord(data.utils)) add(inner(data.utils[rule.matches]));
  if (Array.isArray(rule.any)) {
    const options = rule.any.map(inner);
    if (options.every((one) => one !== undefined)) add(options.flat());
  }
  const shortest = (literals: readonly string[]) => Math.min(...literals.map((one) => one.length));
  return found.sort((a, b) => shortest(b) - shortest(a))[0];
}

/** The longest word of a pattern that is no metavariable and no piece of one. */
function wordsOf(pattern: string): string[] | undefined {
  const words = pattern.replaceAll(/\$+\w*/g, ' ').match(/[A-Za-z_]\w{2,}/g) ?? [];
  const longest = words.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : [longest];
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
