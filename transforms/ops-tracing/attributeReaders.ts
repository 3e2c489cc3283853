/** Who else uses an attribute of a traced class: what `ops.tracing.Tracing` could not serve. */
import type { AttributeUse, Charm } from '../kit/charm.js';
import type { Range } from '../kit/edits.js';
import { type PythonFile, rangeOf } from '../kit/python/file.js';
import { relatives, type TracedClass } from '../tracing/model.js';

const BY_NAME = /(^|\.)(getattr|setattr|hasattr|delattr|object|multiple)$/;

/**
 * Uses of an attribute outside the ranges that the conversion removes or rewrites, in any own Python file: `x.name`
 * unless x is `self` of an unrelated class or an imported module, and strings that name it (`getattr`, `patch`).
 */
export function otherUses(
  charm: Charm,
  traced: TracedClass,
  name: string,
  gone: readonly Range[],
): AttributeUse[] {
  const family = new Set([traced.owner.name, ...relatives(charm, traced.owner).map((one) => one.owner.name)]);
  const here = traced.file.path;
  return charm.attributeUses(name).filter((use) => {
    if (use.path === here && gone.some((one) => one.start <= use.offset && use.offset < one.end))
      return false;
    const file = charm.python(use.path);
    return (
      file !== undefined && (use.kind === 'string' ? named(file, use, name) : read(file, use, name, family))
    );
  });
}

function named(file: PythonFile, use: AttributeUse, name: string): boolean {
  // `patch("charm.MyCharm.tracing")`; module paths of libraries are no attributes.
  if (use.text !== name) return !/^(lib\.)?(charms|ops)\./.test(use.text) && !/[\s/]/.test(use.text);
  const content = file
    .find({ rule: { kind: 'string_content', regex: `^${name}$` } })
    .find((node) => rangeOf(node).start === use.offset);
  const call = content?.ancestors().find((one) => one.kind() === 'call');
  return BY_NAME.test(call?.field('function')?.text() ?? '');
}

function read(file: PythonFile, use: AttributeUse, name: string, family: ReadonlySet<string>): boolean {
  if (use.selfOf !== undefined) return family.has(use.selfOf);
  const node = file
    .find({ rule: { kind: 'attribute', has: { field: 'attribute', regex: `^${name}$` } } })
    .find((one) => rangeOf(one).start === use.offset);
  return node !== undefined && file.names.qualify(node) === undefined;
}
