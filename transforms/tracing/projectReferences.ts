/** References to the old libraries in files around the code: rewritten, or left with the reason. */
import { OLD_PACKAGE } from '../facts/libraries.js';
import type { Range } from '../kit/edits.js';
import { lineEnd, lineStart } from '../kit/python/statements.js';
import { parseToml, removeEntry, tomlEntries } from '../kit/toml.js';
import type { FileContext } from '../kit/transform.js';
import { isScalar, parseYaml, removeItem, yamlLists, yamlRange } from '../kit/yaml.js';
import { type Reference, references } from './references.js';

type Target = Pick<FileContext, 'path' | 'text' | 'edit'>;

export interface LeftReference {
  readonly reason: 'no-successor' | 'still-imported' | 'duplicate' | 'prose';
  readonly at: Range;
  readonly message: string;
  readonly help: string;
}

/**
 * Edits a file's references.
 *
 * @param still old modules that code goes on importing
 * @param prose the file is prose: only module names are ours to change
 */
export function referenceEdits(
  file: Target,
  still: ReadonlyMap<string, readonly string[]>,
  prose: boolean,
): LeftReference[] {
  const { text } = file;
  const all = references(text);
  const left = all.flatMap((reference) => why(text, reference, still, prose));
  const kept = new Set(left.map(({ at }) => at.start));
  const rewritten = all.filter((one) => !kept.has(one.start));
  const gone = duplicates(file, rewritten);
  for (const { start, end, text: fresh } of rewritten) {
    const inside = gone.some(({ at }) => at.start <= start && end <= at.end);
    if (!inside && fresh !== undefined) file.edit.replace({ start, end }, fresh);
  }
  const mentions = prose ? Array.from(text.matchAll(/(?<![\w./-])tempo_k8s(?![\w/-]|\.v\d)/g)) : [];
  return [
    ...left,
    ...gone.flatMap(({ at, done }): LeftReference[] =>
      done
        ? []
        : [
            {
              reason: 'duplicate',
              at,
              message: `'${text.slice(at.start, at.end)}' becomes the same as another entry, and was left`,
              help: 'Bring the two entries together by hand.',
            },
          ],
    ),
    ...mentions.map(
      ({ index, 0: whole }): LeftReference => ({
        reason: 'prose',
        at: { start: index, end: index + whole.length },
        message: 'the text speaks of tempo_k8s',
        help: 'Say tempo_coordinator_k8s where the libraries are meant.',
      }),
    ),
  ];
}

function why(
  text: string,
  { start, end, module, text: fresh }: Reference,
  still: ReadonlyMap<string, readonly string[]>,
  prose: boolean,
): LeftReference[] {
  const at = { start, end };
  const name = text.slice(start, end);
  if (fresh === undefined) {
    return [
      {
        reason: 'no-successor',
        at,
        message: `${name} has no successor among the coordinator libraries`,
        help: 'Remove the line together with the code that uses the library.',
      },
    ];
  }
  // A folder stands for every module in it.
  const importers = [...still].flatMap(([old, paths]) =>
    old === module || (module.startsWith(OLD_PACKAGE) && old.startsWith(`${module}.`)) ? paths : [],
  );
  if (importers.length > 0) {
    return [
      {
        reason: 'still-imported',
        at,
        message: `${name} was left, for ${[...new Set(importers)].join(', ')} still imports the old library`,
        help: `Write ${fresh} when the code has moved.`,
      },
    ];
  }
  const line = text.slice(lineStart(text, start), lineEnd(text, end));
  if (prose && line.includes('tempo_coordinator_k8s')) {
    return [
      {
        reason: 'prose',
        at,
        message: `the line speaks of both generations of the library, so ${name} was left`,
        help: `Write ${fresh} if the old library is not meant.`,
      },
    ];
  }
  return [];
}

/** A key of a TOML table or an item of a YAML list: two of a container must not be the same. */
interface Entry {
  readonly container: unknown;
  /** What has to be unique. */
  readonly name: Range;
  readonly whole: Range;
  /** What else it says. */
  readonly value: string;
  remove(): boolean;
}

/** Of the entries that the rewrite makes equal all but one go: the one that has its name already, else the first. */
function duplicates(file: Target, rewritten: readonly Reference[]): { at: Range; done: boolean }[] {
  const entries = entriesOf(file).map((entry) => {
    const inside = rewritten.filter(({ start, end }) => entry.name.start <= start && end <= entry.name.end);
    const name = inside.reduceRight(
      (text, one) =>
        text.slice(0, one.start - entry.name.start) + one.text + text.slice(one.end - entry.name.start),
      file.text.slice(entry.name.start, entry.name.end),
    );
    return { ...entry, moved: inside.length > 0, fresh: name.replace(/^["']|["']$/g, '') };
  });
  return entries
    .filter(({ moved }) => moved)
    .flatMap((entry) => {
      const same = entries.filter((one) => one.container === entry.container && one.fresh === entry.fresh);
      const keeper = same.find(({ moved }) => !moved) ?? same[0];
      if (!keeper || keeper === entry) return [];
      return [{ at: entry.whole, done: keeper.value === entry.value && entry.remove() }];
    });
}

function entriesOf(file: Target): Entry[] {
  const { path, text } = file;
  if (/\.toml$/.test(path)) {
    const document = parseToml(text);
    return (document ? tomlEntries(document) : []).map((one) => ({
      container: JSON.stringify(one.table),
      name: one.keyRange,
      whole: one.range,
      value: text.slice(one.valueRange.start, one.valueRange.end),
      remove: () => removeEntry(file, one),
    }));
  }
  const document = /\.ya?ml$/.test(path) ? parseYaml(text) : undefined;
  return (document ? yamlLists(document) : []).flatMap((list) =>
    list.items.flatMap((item, index) => {
      if (!isScalar(item)) return [];
      const range = yamlRange(item);
      return [
        {
          container: list,
          name: range,
          whole: range,
          value: '',
          remove: () => removeItem(file, list, index),
        },
      ];
    }),
  );
}
