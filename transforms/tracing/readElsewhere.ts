/** Who else reads a getter that the decorator names. */
import type { AttributeUse, Charm } from '../kit/charm.js';
import { must } from '../kit/must.js';
import { argument } from '../kit/python/calls.js';
import type { Method } from '../kit/python/classes.js';
import { rangeOf } from '../kit/python/file.js';
import { CHARM_TRACING_MODULES } from './charmTracing.js';
import { relatives, type TracedClass, tracedClasses } from './model.js';

/**
 * Where anything but the decorator reads an attribute: an attribute access of that name, or a string equal to it or
 * ending in `.<name>` (`patch`, `getattr`, `PropertyMock`), or a keyword of `patch.multiple`, in any Python file of the
 * repository outside vendored libraries; or the bare name in the class body. Except `self.<name>` in an unrelated class,
 * and what goes with the removed getters.
 *
 * @returns the path of the first such file
 */
export function readElsewhere(
  charm: Charm,
  traced: TracedClass,
  name: string,
  removed: readonly Method[],
): string | undefined {
  const family = new Set([traced.owner.name, ...relatives(charm, traced.owner).map((one) => one.owner.name)]);
  const gone = [traced.call, ...removed.map((method) => method.outer)].map(rangeOf);
  const counts = (use: AttributeUse) => {
    if (use.selfOf !== undefined && !family.has(use.selfOf)) return false;
    if (use.kind === 'string' && namedByOther(charm, traced, use)) return false;
    const here = use.path === traced.file.path;
    return !(here && gone.some((range) => range.start <= use.offset && use.offset < range.end));
  };
  const use = charm.attributeUses(name).find(counts);
  return use?.path ?? (inClassBody(traced, name) ? traced.file.path : inPatchMultiple(charm, name));
}

/** `also_cert = property(cert)`: a class body sees its own methods by their bare names. */
function inClassBody({ file, owner }: TracedClass, name: string): boolean {
  return file.names.occurrences(name).some(({ role, scope }) => role === 'read' && scope === owner.node.id());
}

/** `patch.multiple("charm.MyCharm", server_cert=None)` */
function inPatchMultiple(charm: Charm, name: string): string | undefined {
  return charm.pythonFiles(name, '.multiple').find((path) =>
    charm
      .python(path)
      ?.find({ rule: { kind: 'call', has: { field: 'function', regex: '\\.multiple$' } } })
      .some((call) => argument(call, name)),
  );
}

/** The string stands in the decorator of another traced class, and names an attribute of that class. */
function namedByOther(charm: Charm, traced: TracedClass, use: AttributeUse): boolean {
  const file = must(charm.python(use.path), use.path);
  // Another charm root of the repository may still be on the old library.
  return tracedClasses(file, charm, CHARM_TRACING_MODULES).some(({ owner, call }) => {
    const { start, end } = rangeOf(call);
    return owner.node.id() !== traced.owner.node.id() && start <= use.offset && use.offset < end;
  });
}
