/**
 * Text of others (file names, messages, file content) on a terminal: control characters become visible, so that no
 * file can move the cursor, set the title or hide a line.
 */

// C0 without tab and newline, DEL, C1, line and paragraph separators, and the marks that reorder text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what we look for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Several lines: newlines and tabs stay, and so does the CR of a CRLF. */
export function printable(text: string): string {
  return text.replace(CONTROL, (char, at: number) =>
    char === '\r' && text[at + 1] === '\n' ? char : escaped(char),
  );
}

/** One line: newlines and tabs become visible too. */
export function printableLine(text: string): string {
  return text.replace(/\r\n|[\n\t]/g, escaped).replace(CONTROL, escaped);
}

function escaped(text: string): string {
  return [...text]
    .map((char) => {
      if (char === '\n') return '\\n';
      if (char === '\r') return '\\r';
      if (char === '\t') return '\\t';
      const code = char.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
    })
    .join('');
}
