/** Where the tempo_k8s modules went. */
import { MODULE_MAP, OLD_PACKAGE, REMOVED_MODULES, RENAMED_SYMBOLS } from '../facts/libraries.js';
import { hasSymbol } from '../facts/symbols.js';
import { ModuleMoves } from '../kit/moduleMoves.js';

export const moves = new ModuleMoves(
  { package: OLD_PACKAGE, moved: MODULE_MAP, removed: REMOVED_MODULES, renamed: RENAMED_SYMBOLS },
  hasSymbol,
);
