/**
 * A seeded fuzzer over the fixtures: `npm run fuzz`, and a short run in the suite.
 *
 * FUZZ_RUNS sets the number of inputs, FUZZ_SEED the first seed. A failure names its seed: run that one alone with
 * `FUZZ_SEED=<seed> FUZZ_RUNS=1 npm run fuzz`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { applyPatch, createTwoFilesPatch } from 'diff';
import { applyToCharm, readFolder } from '../../runner/testing.js';
import { presets } from '../../transforms/index.js';
import { PythonFile } from '../../transforms/kit/python/file.js';
import { MUTATIONS, pick, seeded } from './mutate.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 150);
const SEED = Number(process.env.FUZZ_SEED ?? 20261122);
const SLOW_MS = 20_000;

/** The charms of all fixtures: one folder of files each. */
function corpus(): Record<string, string>[] {
  const root = '__testfixtures__';
  return readdirSync(root).flatMap((id) =>
    id === 'sample-charm'
      ? [readFolder(join(root, id))]
      : readdirSync(join(root, id)).flatMap((name) => {
          const files = readFolder(join(root, id, name));
          const single = files['input.py'];
          if (single !== undefined) return [{ 'src/charm.py': single }];
          const inputs = Object.entries(files).filter(([path]) => path.startsWith('input/'));
          return [Object.fromEntries(inputs.map(([path, text]) => [path.slice('input/'.length), text]))];
        }),
  );
}

const UNRELATED: Readonly<Record<string, string>> = {
  'src/unrelated.py': 'def unrelated():\n    return "nothing to do with it"\n',
};

it(`survives ${RUNS} damaged charms from seed ${SEED}`, async () => {
  const charms = corpus().filter((files) => Object.keys(files).some((path) => path.endsWith('.py')));
  const kinds = Object.keys(MUTATIONS);
  let changed = 0;
  for (let seed = SEED; seed < SEED + RUNS; seed += 1) {
    // Syntax trees are freed between turns of the event loop only.
    await setImmediate();
    const random = seeded(seed);
    const files = { ...pick(random, charms), ...UNRELATED };
    const paths = Object.keys(files).filter((path) => path.endsWith('.py') && !(path in UNRELATED));
    const path = pick(random, paths);
    const other = Object.values(pick(random, charms)).find((text) => text.includes('import')) ?? '';
    const done: string[] = [];
    for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1) {
      const kind = pick(random, kinds);
      done.push(kind);
      files[path] = MUTATIONS[kind]?.(files[path] ?? '', other, random) ?? '';
    }
    const label = { seed, path, done };
    const preset = pick(random, Object.values(presets));
    const transforms = preset.steps.map((step) => step.transform);
    const started = performance.now();
    let result: ReturnType<typeof applyToCharm>;
    try {
      result = applyToCharm(files, transforms, { verify: preset.verify });
    } catch (error) {
      throw new Error(`seed ${seed} (${path}: ${done.join(', ')}) threw`, { cause: error });
    }
    const slow = performance.now() - started > SLOW_MS;
    const errors = (at: string, text: string) => new PythonFile(at, text).syntaxErrors.length;
    const touched = Object.entries(result.files).filter(([at, text]) => files[at] !== text);
    const worse = touched
      .filter(([at]) => at.endsWith('.py'))
      .filter(([at, text]) => errors(at, text) > errors(at, files[at] ?? ''))
      .map(([at]) => at);
    const second = applyToCharm(result.files, transforms, { verify: preset.verify });
    const unstable = Object.entries(second.files).filter(([at, text]) => result.files[at] !== text);
    const unpatchable = touched.filter(([at, text]) => {
      const before = files[at] ?? '';
      return applyPatch(before, createTwoFilesPatch(at, at, before, text)) !== text;
    });
    expect({
      ...label,
      slow,
      worse,
      unstable: unstable.map(([at]) => at),
      unpatchable: unpatchable.map(([at]) => at),
      loops: result.findings
        .filter((finding) => finding.id === 'verify/idempotence')
        .map((one) => one.message),
      unrelated: result.files['src/unrelated.py'],
    }).toEqual({
      ...label,
      slow: false,
      worse: [],
      unstable: [],
      unpatchable: [],
      loops: [],
      unrelated: UNRELATED['src/unrelated.py'],
    });
    if (touched.length > 0) changed += 1;
  }
  // A fuzzer whose inputs are never edited would prove nothing.
  expect(changed).toBeGreaterThan(RUNS / 10);
}, 3_600_000);
