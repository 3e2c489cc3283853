/** What cannot be missing, by how it was come by. */

/**
 * A value that is there by construction. One helper instead of a fallback at each place: a fallback would hide the
 * mistake that this error names.
 */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`this cannot be: no ${what}`);
  return value;
}
