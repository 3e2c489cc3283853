/** A preset: an ordered list of transforms, each with the reason for its position, and a check of the final state. */
import type { Verify } from './apply.js';
import type { Transform } from './transform.js';

export interface PresetStep {
  readonly transform: Transform;
  /** Why it stands where it stands. */
  readonly why: string;
}

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly PresetStep[];
  /** Looks for what was left behind, in every text file of the root. */
  readonly verify: readonly Verify[];
  /** Strings whose presence makes a file worth a look by `verify`, besides the literals of the steps. */
  readonly literals: readonly string[];
  /**
   * A repository with none of these in any file or path has nothing for any step: whatever else the steps look for
   * comes with one of them. Best when they have a part in common, as that is what is searched for first.
   */
  readonly gate: readonly string[];
}
