/** Who else reads a getter that the decorator names. */
import type { AttributeUse, Charm } from '../kit/charm.js';
import type { Method } from '../kit/python/classes.js';
import { rangeOf } from '../kit/python/file.js';
import { relatives, type TracedClass, tracedClasses } from './model.js';

/**
 * Whether anything but the decorator reads an attribute: an attribute access of that name, or a string equal to it or
 * ending in `.<name>` (`patch`, `getattr`, `PropertyMock`), in any Python file of the repository outside vendored
 * libraries; except `self.<name>` in an unrelated class, and what goes with the removed getters.
 */
export function isReadElsewhere(
  charm: Charm,
  traced: TracedClass,
  name: string,
  removed: readonly Method[],
): boolean {
  const family = new Set([traced.owner.name, ...relatives(charm, traced.owner).map((one) => one.owner.name)]);
  const gone = [traced.call, ...removed.map((method) => method.outer)].map(rangeOf);
  const counts = (use: AttributeUse) => {
    if (use.selfOf !== undefined && !family.has(use.selfOf)) return false;
    if (use.kind === 'string' && namedByOther(charm, traced, use)) return false;
    const here = use.path === traced.file.path;
    return !(here && gone.some((range) => range.start <= use.offset && use.offset < range.end));
  };
  return charm.attributeUses(name).some(counts);
}

/** The string stands in the decorator of another traced class, and names an attribute of that class. */
function namedByOther(charm: Charm, traced: TracedClass, use: AttributeUse): boolean {
  const file = charm.python(use.path);
  return (file ? tracedClasses(file, charm) : []).some(({ owner, call }) => {
    const { start, end } = rangeOf(call);
    return owner.node.id() !== traced.owner.node.id() && start <= use.offset && use.offset < end;
  });
}
