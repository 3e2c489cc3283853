/**
 * What: points the entries of `charm-libs:` in charmcraft.yaml at the coordinator libraries.
 *
 * Why: `charmcraft fetch-libs` reads them; an old entry fetches the old library again, whose last release raises at
 * import. Versions are strings, and the coordinator's API is 0. DOMAIN 3.2.
 *
 *     - lib: tempo-k8s.charm_tracing   →   - lib: tempo-coordinator-k8s.charm_tracing
 *       version: "1"                   →     version: "0"
 *
 * Handles:
 * - hyphens or underscores, any quoting, comments and layout as they are; a bare number becomes a string
 * - two old entries, or an old and a new one, that become the same: one stays
 * - entries that have the new name with an old version
 * - a file that pins the patch of every library: `"0.N"` with the patch that is vendored, or that the option names
 *
 * Refuses:
 * - a pin whose patch is not known: `"0"` is written, and `pin` says so
 * - libraries without successor: `no-successor`; a version that is not a plain value: `version`
 * - an old library that the code goes on importing: `still-imported`; a duplicate with a comment: `duplicate`
 *
 * Safety: safe.
 */
import { MODULE_MAP, NEW_PACKAGE, OLD_PACKAGE } from '../facts/libraries.js';
import { defineTransform } from '../kit/transform.js';
import {
  isMap,
  isSeq,
  parseYaml,
  removeItem,
  replaceScalar,
  type Scalar,
  yamlAt,
  yamlRange,
  yamlString,
} from '../kit/yaml.js';
import { stillImported } from '../tracing/stillImported.js';

const NAME = /^tempo([-_])(coordinator[-_])?k8s\.([a-z0-9_-]+)$/;

export default defineTransform({
  id: 'charm-libs',
  title: 'Fetch the coordinator libraries in charmcraft.yaml',
  safety: 'safe',
  language: 'yaml',
  files: ['charmcraft.yaml'],
  literals: ['tempo-k8s', 'tempo_k8s', 'tempo-coordinator-k8s', 'tempo_coordinator_k8s'],
  findings: {
    pin: { severity: 'warning', title: 'The patch to pin is not known' },
    version: { severity: 'warning', title: 'The version of an old library cannot be rewritten' },
    duplicate: { severity: 'warning', title: 'Two entries for one library' },
    'no-successor': { severity: 'warning', title: 'A library that the coordinator does not have' },
    'still-imported': { severity: 'warning', title: 'The code goes on importing the old library' },
    'facts-unknown': { severity: 'info', title: 'Whether the code has moved is unknown without the charm' },
  },
  options: {
    patches: {
      type: 'string',
      default: '',
      description:
        'LIBPATCH of the libraries that will be vendored, to pin them: charm_tracing=14,tracing=11',
    },
  },
  apply(file) {
    const document = parseYaml(file.text);
    const list = document && yamlAt(document, ['charm-libs']);
    if (!isSeq(list)) return;
    const entries = list.items.map((item) => ({
      lib: isMap(item) ? yamlString(item.get('lib', true)) : undefined,
      version: isMap(item) ? yamlString(item.get('version', true)) : undefined,
    }));
    const pinned = entries.every(({ version }) => version && /^\d+\.\d+$/.test(version.value));
    const still = file.charm && stillImported(file.charm);
    const seen = new Set(
      entries.flatMap(({ lib }) => {
        const [, , fresh, name] = NAME.exec(lib?.value ?? '') ?? [];
        return fresh !== undefined && name !== undefined ? [moduleOf(name)] : [];
      }),
    );
    for (const [index, { lib, version }] of entries.entries()) {
      const [, separator, fresh, name] = NAME.exec(lib?.value ?? '') ?? [];
      if (!lib || name === undefined) continue;
      const at = yamlRange(lib.node);
      const api = version?.value.split('.')[0];
      if (fresh !== undefined) {
        // Renamed by hand or sed, the version forgotten.
        const known = Object.values(MODULE_MAP).includes(`${NEW_PACKAGE}.${moduleOf(name)}`);
        if (known && version && api !== '0') pin(version.node, moduleOf(name));
        continue;
      }
      const old = `${OLD_PACKAGE}.v${api}.${moduleOf(name)}`;
      const target = MODULE_MAP[old]?.split('.').at(-1);
      if (!version || (version.value !== '' && !/^\d+(\.\d+)?$/.test(version.value))) {
        file.report('version', {
          at,
          message: `${lib.value}: its version is not a plain value, so the entry was left`,
          help: `Write lib: ${renamed(lib.value, separator)} and version: "0".`,
        });
      } else if (target === undefined) {
        file.report('no-successor', {
          at,
          message: `${lib.value} of API ${api} has no successor among the coordinator libraries`,
          help: 'Remove the entry together with the code that uses the library.',
        });
      } else if (!still) {
        file.report('facts-unknown', {
          at,
          message: `${lib.value} was left: whether the code still imports ${old} is unknown without the rest of the charm`,
          help: 'Run on the whole charm, or pass the charm to applyTransforms().',
        });
      } else if (still.has(old)) {
        file.report('still-imported', {
          at,
          message: `${old} is still imported, by ${still.get(old)?.join(', ')}`,
          help: `When the code has moved, write lib: ${renamed(lib.value, separator).replace(name, target)} and version: "0".`,
        });
      } else if (seen.has(target)) {
        if (!removeItem(file, list, index)) {
          file.report('duplicate', {
            at,
            message: `${lib.value} becomes the same library as another entry, but its lines could not be taken out`,
            help: 'Remove the entry, and keep the comment where it belongs.',
          });
        }
      } else {
        seen.add(target);
        const spelled = name.includes('-') ? target.replaceAll('_', '-') : target;
        const fresh = renamed(lib.value, separator);
        replaceScalar(file, lib.node, fresh.slice(0, fresh.lastIndexOf('.') + 1) + spelled);
        pin(version.node, target);
      }
    }

    function pin(node: Scalar, library: string): void {
      const option = new RegExp(`(?:^|,)${library}=(\\d+)(?:,|$)`).exec(file.options.patches)?.[1];
      const patch = option ?? file.charm?.vendored(`${NEW_PACKAGE}.${library}`)[0]?.patch;
      replaceScalar(file, node, pinned && patch !== undefined ? `0.${patch}` : '0');
      if (!pinned || patch !== undefined) return;
      file.report('pin', {
        at: yamlRange(node),
        group: file.path,
        message: `the other libraries are pinned to a patch; for tempo_coordinator_k8s.${library} none is known, so "0" takes the newest`,
        help: `Fetch the library, read its LIBPATCH, and write version: "0.<LIBPATCH>".`,
      });
    }
  },
});

function moduleOf(name: string): string {
  return name.replaceAll('-', '_');
}

function renamed(lib: string, separator = '-'): string {
  return lib.replace(/^tempo[-_]/, `tempo${separator}coordinator${separator}`);
}
