/**
 * Content that others wrote (paths, code, messages that quote code) must not act where a report shows it.
 * One helper per place: terminal, GitHub workflow command, HTML, Markdown.
 */

// C0 except tab and newline, DEL, C1, bidi controls, zero-width characters, line separators, tag characters.
const ACTIVE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what we look for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/**
 * Makes control characters, escape sequences, bidi overrides and invisible characters visible.
 * Newlines and tabs stay; see {@link oneLine} for places that hold one line.
 */
export function plain(text: string): string {
  return text.replace(ACTIVE, visible);
}

/** Like {@link plain}, with newlines and tabs made visible too: for paths, ids and titles. */
export function oneLine(text: string): string {
  return plain(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** A line of code for the terminal: tabs become spaces, so that columns can be counted. */
export function codeLine(text: string, tab = 4): string {
  let out = '';
  for (const part of plain(text).split(/(\t)/)) {
    out += part === '\t' ? ' '.repeat(tab - (out.length % tab)) : part;
  }
  return out;
}

/** The message part of a GitHub workflow command. */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property value (file, title) of a GitHub workflow command. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text or attribute value in HTML. */
export function html(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * JSON inside a `<script>` element: no `</script>`, no `<!--`, and it is valid JavaScript as well.
 * The text stays the same for whoever parses it.
 */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** A Markdown code span that its content cannot close. */
export function codeSpan(text: string): string {
  const content = oneLine(text);
  if (content.trim() === '') return `\`${content || ' '}\``;
  const ticks = '`'.repeat(longestRun(content, '`') + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return ticks + pad + content + pad + ticks;
}

/** A fenced block that its content cannot close. */
export function fence(text: string, language = ''): string {
  const content = plain(text);
  const ticks = '`'.repeat(Math.max(3, longestRun(content, '`') + 1));
  return `${ticks}${language}\n${content}${content.endsWith('\n') || content === '' ? '' : '\n'}${ticks}`;
}

/** One line of Markdown that stays text: no links, images, HTML, headings, mentions or issue references. */
export function markdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/^(\s*)([-+#>=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replace(/@|#(?=\d)/g, '$&<!-- -->')
    .replace(/(https?|ftp):\/\/|www\./gi, (start) => `${start.slice(0, -1)}<!-- -->${start.slice(-1)}`);
}

/** Like {@link markdown}, but `…` stays a code span: for our own messages, which quote code so. */
export function markdownMessage(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? codeSpan(part.slice(1, -1)) : markdown(part)))
    .join('');
}

/** A link that may be offered: http or https, normalised; undefined for anything else (`javascript:`, broken). */
export function safeLink(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined;
}
