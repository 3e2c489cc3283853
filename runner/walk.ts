/** Our own view of a folder, for folders outside git: the same files that git would see, links never followed. */
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';
import { plainError } from './errors.js';
import { isForeign } from './foreign.js';

export interface WalkResult {
  /** Regular files and symlinks, relative to the folder, `/` as separator. */
  readonly files: string[];
  /** Folders below that are git repositories of their own, relative to the folder. */
  readonly nested: string[];
  /** Folders that could not be read, with the reason. */
  readonly unreadable: { readonly path: string; readonly reason: string }[];
}

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
  const above = useIgnoreFiles ? rulesAbove(folder, top) : [];
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
  let entries: Dirent[];
  try {
    entries = readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    out.unreadable.push({ path, reason: plainError(error) });
    return;
  }
  const own = useIgnoreFiles ? rulesIn(absolute) : undefined;
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

function rulesIn(folder: string, name = '.gitignore'): Rules | undefined {
  try {
    const text = readFileSync(join(folder, name), 'utf8');
    return { folder, patterns: createIgnore({ allowRelativePaths: true, ignorecase: false }).add(text) };
  } catch {
    return undefined;
  }
}

function rulesAbove(folder: string, top: string | undefined): Rules[] {
  const found: Rules[] = [];
  for (let at = folder; at !== top && dirname(at) !== at; ) {
    at = dirname(at);
    const rules = rulesIn(at);
    if (rules) found.unshift(rules);
  }
  const base = top ?? folder;
  const exclude = rulesIn(base, '.git/info/exclude');
  const global = rulesIn(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'git/ignore');
  // Both are relative to the top of the work tree, and weaker than any .gitignore.
  return [...(global ? [{ ...global, folder: base }] : []), ...(exclude ? [exclude] : []), ...found];
}
