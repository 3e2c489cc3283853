/**
 * Drops the tracing libraries that nothing needs any more: the vendored copies, and what fetches and watches them.
 *
 * Why: a vendored charm_tracing.py that is left makes charmcraft install its OpenTelemetry 1.21, which cannot be
 * installed beside ops[tracing] (DOMAIN 0.8, 3.2).
 *
 *      charm-libs:
 *     -  - lib: tempo_coordinator_k8s.charm_tracing
 *     -    version: "0.12"
 *
 * Handles: copies below the root's `lib`, `charm-libs` of charmcraft.yaml, managers and data sources of renovate.
 * `tracing.py` goes only when neither own code nor a framework imports it: paas-charm, coordinated-workers (also in
 * cosl) and ops-sunbeam take it from the charm's `lib`; cosl alone does not.
 *
 * Refuses: entries with comments in them, which are reported; copies that another charm of the repository imports; a
 * repository that owns the libraries.
 *
 * Safety: safe.
 */

import { LIBIDS, NEW_TRACING } from '../facts/libraries.js';
import type { Range } from '../kit/edits.js';
import { itemRemoval, objectAround } from '../kit/json5.js';
import { must } from '../kit/must.js';
import { lineStart, nextLine } from '../kit/python/statements.js';
import { defineTransform, type FileContext } from '../kit/transform.js';
import { isMap, isSeq, parseYaml, yamlRange } from '../kit/yaml.js';
import { frameworkOf, needlessCopies, needlessLibraries } from './libraries.js';
import { GROUP, LITERALS, planOf } from './plan.js';

const findings = {
  'entry-left': { severity: 'warning', title: 'An entry for a library that nothing needs any more' },
  'copy-left': { severity: 'error', title: 'A copy that another charm of the repository imports' },
  'tracing-kept': { severity: 'info', title: 'The tracing library stays for a framework' },
} as const;

type Context = FileContext<keyof typeof findings>;

export default defineTransform({
  id: 'ops-tracing-libs',
  title: 'Drop the tracing libraries that nothing needs any more',
  safety: 'safe',
  language: 'text',
  files: ['charmcraft.yaml', '{.github/,}renovate.{json,json5}', '.renovaterc{,.json,.json5}'],
  literals: LITERALS,
  findings,
  plan({ charm }) {
    const modules = needlessLibraries(charm);
    return { modules, files: modules.length > 0 ? charm.files() : [] };
  },
  also: (plan) => plan.files,
  apply(file, plan) {
    if (!plan || plan.modules.length === 0) return;
    const { modules } = plan;
    if (file.path.endsWith('.yaml')) removeCharmLibs(file, modules);
    else removeManagers(file, modules);
  },
  conclude({ charm, act, report }) {
    const { gone, shared } = needlessCopies(charm);
    for (const { path } of gone) act({ kind: 'delete', path });
    for (const { path, module } of shared)
      report('copy-left', {
        file: path,
        message: `another charm of the repository imports ${module} from here, so the copy stays; charmcraft installs its OpenTelemetry 1.21 when it packs this charm`,
        help: 'Give the other charm a copy of its own, or convert it too, and delete this one.',
      });
    const framework = frameworkOf(charm);
    const copy = charm.libraries.find(
      (one) => one.module === NEW_TRACING && charm.relative(one.path) !== undefined,
    );
    if (copy && framework !== undefined && planOf(charm).state === 'converted')
      report('tracing-kept', {
        file: copy.path,
        message: `${framework} imports the charm's own copy, so it stays`,
        help: 'Nothing to do until the framework does without it.',
      });
  },
});

/** `tempo-coordinator-k8s.tracing` as a module. */
function moduleOf(lib: string): string {
  const [charm = '', name = ''] = lib.split('.');
  return `charms.${charm.replaceAll('-', '_')}.v0.${name.replaceAll('-', '_')}`;
}

function removeCharmLibs(file: Context, modules: readonly string[]): void {
  const contents = parseYaml(file.text)?.contents;
  const pair = isMap(contents) ? contents.items.find((one) => String(one.key) === 'charm-libs') : undefined;
  const list = pair?.value;
  if (!pair || !isSeq(list)) return;
  const gone = list.items
    .filter((item) => isMap(item))
    .filter((item) => modules.includes(moduleOf(String(item.get('lib')))));
  const ranges = gone.map(yamlRange);
  const key = yamlRange(pair.key as Parameters<typeof yamlRange>[0]);
  const last = ranges.at(-1);
  const clean = (range: Range) => !list.flow && !file.text.slice(range.start, range.end).includes('#');
  const section = last && blockOf(file.text, { start: key.start, end: last.end });
  if (gone.length === list.items.length && section && clean(section)) {
    file.edit.remove(section, GROUP);
    return;
  }
  for (const range of ranges) {
    const lines = linesOf(file.text, range);
    if (clean(lines)) {
      file.edit.remove(lines, GROUP);
      continue;
    }
    file.report('entry-left', {
      at: range,
      message: `charm-libs still lists ${file.text.slice(range.start, range.end).split('\n')[0]}, which nothing imports`,
      help: 'Remove the entry.',
    });
  }
}

/** The whole lines of a value, whose range ends behind the line. */
function linesOf(text: string, { start, end }: Range): Range {
  const trimmed = start + text.slice(start, end).trimEnd().length;
  return { start: lineStart(text, start), end: nextLine(text, trimmed) };
}

/** A section with the blank line that sets it off. */
function blockOf(text: string, range: Range): Range {
  const { start, end } = linesOf(text, range);
  const blank = /(?<=\n)[ \t]*\r?\n$/.exec(text.slice(0, start));
  return { start: blank?.index ?? start, end };
}

/** Managers for one library each, and data sources of its id that no other manager names. */
function removeManagers(file: Context, modules: readonly string[]): void {
  const { text } = file;
  const mentions = modules.flatMap((module) => {
    const [, charm = '', , lib = ''] = module.split('.');
    const pattern = new RegExp(`${charm.replaceAll('_', '[_-]')}[\\\\.]+${lib}\\b`, 'g');
    return Array.from(text.matchAll(pattern), ({ index }) => ({ index, object: objectAround(text, index) }));
  });
  const managers = new Map<number, Range>();
  for (const { index, object } of mentions) {
    if (object && ONE_STRING.test(text.slice(object.start, object.end))) managers.set(object.start, object);
    else if (!mentions.some((one) => one.object?.start === object?.start && one.index < index))
      file.report('entry-left', {
        at: { start: index, end: index },
        message: `${file.path} still names a library that nothing imports`,
        help: 'Remove the mention.',
      });
  }
  const gone = [...managers.values()];
  const inside = (offset: number) => gone.some((one) => one.start <= offset && offset < one.end);
  const sources = modules.flatMap((module) =>
    Array.from(text.matchAll(new RegExp(must(LIBIDS[module], module), 'g')), ({ index }) =>
      objectAround(text, index),
    ),
  );
  for (const source of sources) {
    const name = source && /^["']?([\w$-]+)/.exec(text.slice(source.start))?.[1];
    if (!source || name === undefined) continue;
    const users = Array.from(text.matchAll(new RegExp(`custom\\.${name}\\b`, 'g')));
    if (users.every((use) => inside(use.index))) gone.push(source);
  }
  for (const range of gone) file.edit.remove(itemRemoval(text, range), GROUP);
}

/** A manager that looks for one thing only. */
const ONE_STRING = /(?<!\w)matchStrings["']?\s*:\s*\[\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*(?:,\s*)?\]/;
