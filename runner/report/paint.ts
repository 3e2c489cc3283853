/** Drawing on a terminal: colours, widths, wrapping. */
import fastStringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import { createColors } from 'picocolors';
import type { Severity } from '../../transforms/kit/transform.js';

export type Colors = ReturnType<typeof createColors>;

export interface Paint {
  readonly colors: Colors;
  /** Columns that may be used. */
  readonly width: number;
}

/** Columns are kept between 60 and 200: below, nothing fits; above, nobody reads a line to its end. */
export function createPaint(options: { readonly width: number; readonly color: boolean }): Paint {
  return {
    colors: createColors(options.color),
    width: Math.min(200, Math.max(60, Math.floor(options.width))),
  };
}

/** Cells that a text takes; wide characters take two, colour codes none. */
export function widthOf(text: string): number {
  return fastStringWidth(text);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Wraps words to a width; what has no space is broken. Keeps newlines. */
export function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(10, width), { hard: true, trim: true, wordWrap: true }).split('\n');
}

/** Breaks a line of code to a width and keeps its spaces. */
export function breakCode(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  return wrapAnsi(text, Math.max(10, width), { hard: true, trim: false, wordWrap: false }).split('\n');
}

/** Wraps words behind a prefix; further lines are indented by its width. */
export function hang(prefix: string, text: string, width: number): string {
  const indent = widthOf(prefix);
  return wrap(text, width - indent)
    .map((line, index) => (index === 0 ? prefix : ' '.repeat(indent)) + line)
    .join('\n');
}

/** A heading with a line to the right border. */
export function rule(text: string, paint: Paint, sign = '─'): string {
  const left = paint.width - widthOf(text) - 1;
  return left > 0 ? `${text} ${paint.colors.dim(sign.repeat(left))}` : wrap(text, paint.width).join('\n');
}

const SIGNS: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', info: '●' };

/** Paints in the colour of a severity. */
export function inSeverity(severity: Severity, text: string, { colors }: Paint): string {
  if (severity === 'error') return colors.bold(colors.red(text));
  return severity === 'warning' ? colors.bold(colors.yellow(text)) : colors.bold(colors.cyan(text));
}

export function severitySign(severity: Severity, paint: Paint): string {
  return inSeverity(severity, SIGNS[severity], paint);
}

/** Sign and word of a severity, in its colour. */
export function severityLabel(severity: Severity, paint: Paint): string {
  return inSeverity(severity, `${SIGNS[severity]} ${severity === 'info' ? 'next step' : severity}`, paint);
}
