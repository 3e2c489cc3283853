/** Leaving a decision from anywhere inside it: what stands in the way is its outcome. */

export class Refused<R> extends Error {
  constructor(readonly refusal: R) {
    super('refused');
  }
}

/** What a decision comes to, or the refusal that it was left with. */
export function unlessRefused<T, R>(decide: () => T): T | R {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refused) return error.refusal as R;
    throw error;
  }
}
