/** Seeded mutations of Python source: what a half-edited, merged or damaged file looks like. */

export type Random = () => number;

/** Mulberry32: small, seeded, good enough to pick places. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

const TOKEN = /"""|'''|\w+|[^\w\s]|\n[ \t]*|[ \t]+/g;
const ODDITIES = [
  'é',
  '漢',
  '😀',
  '\u2028',
  '\f',
  '\t',
  '\\\n',
  '\r',
  '\ufeff',
  '\u200b',
  '\ud83d',
  '"""',
  "'",
  '(',
  ')',
  ':',
  '#',
  '\n\n\n',
];

type Mutation = (text: string, other: string, random: Random) => string;

function tokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

function lines(text: string): string[] {
  return text.split('\n');
}

/** By name, so that a failure can say what was done. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'delete a token': (text, _, random) => {
    const list = tokens(text);
    return list.toSpliced(Math.floor(random() * list.length), 1).join('');
  },
  'double a token': (text, _, random) => {
    const list = tokens(text);
    const at = Math.floor(random() * list.length);
    return list.toSpliced(at, 0, list[at] ?? '').join('');
  },
  'swap two tokens': (text, _, random) => {
    const list = tokens(text);
    if (list.length === 0) return text;
    const [a, b] = [Math.floor(random() * list.length), Math.floor(random() * list.length)];
    return list
      .with(a, list[b] ?? '')
      .with(b, list[a] ?? '')
      .join('');
  },
  'delete a line': (text, _, random) => {
    const list = lines(text);
    return list.toSpliced(Math.floor(random() * list.length), 1).join('\n');
  },
  'double a block of lines': (text, _, random) => {
    const list = lines(text);
    const at = Math.floor(random() * list.length);
    return list.toSpliced(at, 0, ...list.slice(at, at + 1 + Math.floor(random() * 12))).join('\n');
  },
  'indent a line': (text, _, random) => {
    const list = lines(text);
    const at = Math.floor(random() * list.length);
    return list.with(at, pick(random, ['    ', '\t', '  ']) + list[at]).join('\n');
  },
  'splice in another file': (text, other, random) => {
    const [a, b] = [lines(text), lines(other)];
    return [...a.slice(0, random() * a.length), ...b.slice(random() * b.length)].join('\n');
  },
  'insert an oddity': (text, _, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + pick(random, ODDITIES) + text.slice(at);
  },
  'cut the end off': (text, _, random) => text.slice(0, Math.floor(random() * text.length)),
  'carriage returns': (text, _, random) =>
    random() < 0.5 ? text.replaceAll('\n', '\r\n') : text.replace('\n', '\r\n'),
  'comment out a line': (text, _, random) => {
    const list = lines(text);
    const at = Math.floor(random() * list.length);
    return list.with(at, `# ${list[at]}`).join('\n');
  },
  'trailing comment': (text, _, random) => {
    const list = lines(text);
    const at = Math.floor(random() * list.length);
    return list.with(at, `${list[at]}  # why: "quoted`).join('\n');
  },
};
