/**
 * The header comment of a transform's module, in sections: what, why, example, handles, refuses, safety.
 *
 * `explain` prints it and the pages of docs/transforms are made of it.
 */
export interface Header {
  readonly what: string;
  readonly why: string;
  /** Before and after. */
  readonly example: string;
  readonly handles: string;
  readonly refuses: string;
  readonly safety: string;
}

const SECTION = /^(What|Why|Before|Handles|Refuses|Safety):[ \t]*/;

/** Sections of the first comment of a source text; a section that is not there is ''. */
export function readHeader(source: string): Header {
  const comment = /^(?:#![^\n]*\n|\s)*\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '';
  const lines = comment.split(/\r?\n/).map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const sections = { What: '', Why: '', Before: '', Handles: '', Refuses: '', Safety: '' };
  let section: keyof typeof sections = 'What';
  for (const line of lines) {
    const name = SECTION.exec(line)?.[1] as keyof typeof sections | undefined;
    if (name !== undefined) section = name;
    // An indented block behind the reasons is the example.
    else if (section === 'Why' && /^ {4}/.test(line)) section = 'Before';
    const text = name === undefined || name === 'Before' ? line : line.replace(SECTION, '');
    sections[section] += `${text}\n`;
  }
  const { What, Why, Before, Handles, Refuses, Safety } = sections;
  return {
    what: What.trim(),
    why: Why.trim(),
    example: dedented(Before),
    handles: Handles.trim(),
    refuses: Refuses.trim(),
    safety: Safety.trim(),
  };
}

/** Without the margin that marks a block of code in a comment, and without blank lines around. */
function dedented(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const margins = lines
    .filter((line) => line !== '' && !/^(Before|After):|^\s*→/.test(line))
    .map((line) => line.search(/\S/));
  const margin = Math.min(...margins, 4);
  return lines
    .map((line) => (line.slice(0, margin).trim() === '' ? line.slice(margin) : line.trimStart()))
    .join('\n');
}
