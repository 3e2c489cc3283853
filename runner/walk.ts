/** Our own view of a folder, for folders outside git: the same files that git would see, links never followed. */
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';
import { codeOf, plainError } from './errors.js';
import { isForeign } from './foreign.js';

export interface WalkResult {
  /** Regular files and symlinks, relative to the folder, `/` as separator. */
  readonly files: string[];
  /** Folders below that are git repositories of their own, relative to the folder. */
  readonly nested: string[];
  /** Folders and ignore files that could not be read, or not all of them, with the reason. */
  readonly unreadable: { readonly path: string; readonly reason: string }[];
}

/**
 * Bounds for a folder that wants to keep us: the patterns of an ignore file become regular expressions, in which each
 * wildcard multiplies the work by the length of a name, or by the number of folders above it.
 */
const MAX_WILDCARDS = 3;
const MAX_DEPTH = 100;

interface Rules {
  /** The folder that the patterns are relative to. */
  readonly folder: string;
  readonly patterns: Ignore;
}

/**
 * Lists a folder.
 *
 * @param folder absolute, without symlinks
 * @param useIgnoreFiles read `.gitignore` files, at every level and above the folder
 * @param top where the search for ignore files above the folder ends; default: the root of the file system
 */
export function walk(folder: string, useIgnoreFiles: boolean, top?: string): WalkResult {
  const result: WalkResult = { files: [], nested: [], unreadable: [] };
  const above = useIgnoreFiles ? rulesAbove(folder, top, result) : [];
  visit(folder, '', above, useIgnoreFiles, result);
  return result;
}

function visit(
  top: string,
  path: string,
  above: readonly Rules[],
  useIgnoreFiles: boolean,
  out: WalkResult,
): void {
  const absolute = join(top, path);
  if (path.split('/').length > MAX_DEPTH) {
    out.unreadable.push({ path, reason: `more than ${MAX_DEPTH} folders deep, skipped` });
    return;
  }
  let entries: Dirent[];
  try {
    entries = readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    out.unreadable.push({ path, reason: plainError(error) });
    return;
  }
  const own = useIgnoreFiles ? rulesIn(top, absolute, out) : undefined;
  const rules = own ? [...above, own] : above;
  for (const entry of entries) {
    if (entry.name === '.git' || (useIgnoreFiles && isForeign(entry.name))) continue;
    const child = path === '' ? entry.name : `${path}/${entry.name}`;
    const folder = entry.isDirectory();
    if (!folder && !entry.isFile() && !entry.isSymbolicLink()) continue;
    if (ignored(join(top, child), folder, rules)) continue;
    if (!folder) out.files.push(child);
    else if (existsSync(join(top, child, '.git'))) out.nested.push(child);
    else visit(top, child, rules, useIgnoreFiles, out);
  }
}

/** The rule that is nearest to the file decides, and in one file the last one that matches: as in git. */
function ignored(absolute: string, folder: boolean, rules: readonly Rules[]): boolean {
  for (const { folder: base, patterns } of rules.toReversed()) {
    const path = relative(base, absolute).split(sep).join('/');
    const verdict = patterns.test(folder ? `${path}/` : path);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

function rulesIn(top: string, folder: string, out: WalkResult, name = '.gitignore'): Rules | undefined {
  const path = relative(top, join(folder, name));
  let lines: readonly string[];
  try {
    lines = readFileSync(join(folder, name), 'utf8').split(/\r?\n/);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? ''))
      out.unreadable.push({ path, reason: plainError(error) });
    return undefined;
  }
  const plain = lines.filter((line) => wildcards(line) <= MAX_WILDCARDS);
  if (plain.length < lines.length) {
    const reason = `lines with more than ${MAX_WILDCARDS} wildcards are not read, so more files are looked at`;
    out.unreadable.push({ path, reason });
  }
  const patterns = createIgnore({ allowRelativePaths: true, ignorecase: false });
  return { folder, patterns: patterns.add(plain.join('\n')) };
}

/** How many places of a pattern can be of any length; those at its ends cost nothing. */
function wildcards(line: string): number {
  if (line.startsWith('#')) return 0;
  const inner = line.replace(/^!?\/?\*\*\//, '').replace(/\/\*{1,2}$/, '');
  return inner.match(/\*+/g)?.length ?? 0;
}

function rulesAbove(folder: string, top: string | undefined, out: WalkResult): Rules[] {
  const found: Rules[] = [];
  for (let at = folder; at !== top && dirname(at) !== at; ) {
    at = dirname(at);
    const rules = rulesIn(folder, at, out);
    if (rules) found.unshift(rules);
  }
  const base = top ?? folder;
  const exclude = rulesIn(folder, base, out, '.git/info/exclude');
  const global = rulesIn(
    folder,
    process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
    out,
    'git/ignore',
  );
  // Both are relative to the top of the work tree, and weaker than any .gitignore.
  return [...(global ? [{ ...global, folder: base }] : []), ...(exclude ? [exclude] : []), ...found];
}
