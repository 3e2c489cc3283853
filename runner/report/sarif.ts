/**
 * SARIF 2.1.0, for code scanning and editors. Findings are results; so is each change that was not written, with the
 * replacements as its fix. The fixes of one log never overlap: all of them together are the run.
 */
import { createHash } from 'node:crypto';
import type { ArtifactChange, Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import { type Edit, position } from '../../transforms/kit/edits.js';
import { DOCS, type Severity } from '../../transforms/kit/transform.js';
import type { CharmOutcome, FindingOutcome, RunOutcome, TransformInfo } from '../result.js';
import { fence, markdownMessage, plain, safeLink } from './escape.js';
import { type FileChanges, type Unit, unitsOf } from './fixes.js';
import { type Format, wholeReport } from './reporter.js';
import { count } from './words.js';

export interface SarifOptions {
  /** Version of this tool. */
  readonly version: string;
}

const HOME = 'https://github.com/canonical/tempo-codemods';
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
/** GitHub takes no more results of one run. */
const MOST_RESULTS = 25_000;

/** The log as an object; see {@link renderSarif}. */
export function sarifLog(outcome: RunOutcome, options: SarifOptions): Log {
  const rules = new Rules(outcome.transforms);
  const results = outcome.charms.flatMap((charm) => [
    ...charm.findings.map((finding) => findingResult(finding, rules)),
    ...(outcome.written ? [] : changeResults(charm, outcome.transforms, rules)),
  ]);
  const failures = outcome.charms.flatMap((charm) => [
    ...(charm.failed === null ? [] : [{ text: `${charm.root}: ${charm.failed}`, path: null }]),
    ...charm.files
      .filter((file) => file.error !== null)
      .map((file) => ({ text: `${file.path}: ${file.error}`, path: file.path })),
  ]);
  const left = results.length - MOST_RESULTS;
  const notes =
    left > 0
      ? [{ text: `${count(left, 'result')} left out: GitHub takes ${MOST_RESULTS}.`, path: null }]
      : [];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'tempo-codemods',
            semanticVersion: options.version,
            informationUri: HOME,
            rules: rules.all,
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: failures.length === 0,
            toolExecutionNotifications: [
              ...failures.map((one) => ({ level: 'error' as const, ...one })),
              ...notes.map((one) => ({ level: 'note' as const, ...one })),
            ].map(({ level, text, path }) => ({
              level,
              message: { text: plain(text) },
              ...(path === null ? {} : { locations: [location(path)] }),
            })),
          },
        ],
        results: results.slice(0, MOST_RESULTS),
      },
    ],
  };
}

/** SARIF as text, indented, ending in a newline. */
export function renderSarif(outcome: RunOutcome, options: SarifOptions): string {
  return `${JSON.stringify(sarifLog(outcome, options), null, 2)}\n`;
}

export const sarif: Format = wholeReport((outcome, { version }) => renderSarif(outcome, { version }));

/** Collects the rules that results name, each once. */
class Rules {
  readonly all: ReportingDescriptor[] = [];
  readonly #index = new Map<string, number>();
  readonly #transforms: ReadonlyMap<string, TransformInfo>;

  constructor(transforms: readonly TransformInfo[]) {
    this.#transforms = new Map(transforms.map((one) => [one.id, one]));
  }

  /** The rule of a finding: what it means in general; the result's message has the case. */
  finding(finding: FindingOutcome): number {
    const reason = finding.id.slice(finding.id.indexOf('/') + 1);
    const kind = this.#transforms.get(finding.transform ?? '')?.findings?.[reason];
    const title = kind?.title ?? sentence(reason);
    return this.#add(finding.id, finding.docs, kind?.severity ?? finding.severity, title, [
      title,
      finding.help,
    ]);
  }

  /** The rule of a change: the transform that makes it. */
  transform(id: string): number {
    const info = this.#transforms.get(id);
    const title = info?.title ?? sentence(id);
    const review = info?.safety === 'review' ? 'It changes behaviour on purpose: look at each place.' : '';
    return this.#add(id, `${DOCS}/${id}.md`, 'info', title, [title, info?.why ?? '', review]);
  }

  #add(id: string, uri: string, severity: Severity, title: string, help: readonly string[]): number {
    const known = this.#index.get(id);
    if (known !== undefined) return known;
    const parts = help.filter((part) => part !== '').map(plain);
    const link = safeLink(uri);
    // Help of several lines holds commands or code to copy.
    const blocks = parts.map((part) => (part.includes('\n') ? fence(part, 'text') : markdownMessage(part)));
    this.all.push({
      id,
      shortDescription: { text: plain(title) },
      fullDescription: { text: parts[0] ?? plain(title) },
      help: {
        text: parts.join('\n\n'),
        markdown: [...blocks, ...(link === undefined ? [] : [`[Read more](<${link}>)`])].join('\n\n'),
      },
      ...(link === undefined ? {} : { helpUri: link }),
      defaultConfiguration: { level: LEVELS[severity] },
      properties: { tags: ['migration', 'juju', 'tracing'] },
    });
    this.#index.set(id, this.all.length - 1);
    return this.all.length - 1;
  }
}

function findingResult(finding: FindingOutcome, rules: Rules): Result {
  const { line, column, endLine, endColumn } = finding;
  const region: Region | undefined =
    line === null
      ? undefined
      : {
          startLine: line,
          ...(column === null ? {} : { startColumn: column }),
          ...(endLine === null ? {} : { endLine }),
          ...(endColumn === null ? {} : { endColumn }),
        };
  return {
    ruleId: finding.id,
    ruleIndex: rules.finding(finding),
    level: LEVELS[finding.severity],
    message: { text: plain([finding.message, finding.help].filter((part) => part !== '').join('\n')) },
    // GitHub shows only results with a place; the charm's folder stands for the charm as a whole.
    locations: [location(finding.file ?? finding.charm, region)],
    partialFingerprints: fingerprint(finding.id, finding.file ?? finding.charm, finding.message),
  };
}

function changeResults(charm: CharmOutcome, transforms: readonly TransformInfo[], rules: Rules): Result[] {
  const order = transforms.map((one) => one.id);
  const whole = charm.files
    .filter((file) => file.status === 'created' || file.status === 'deleted')
    .map((file): Result => {
      const id = file.transforms[0] ?? 'tempo-codemods';
      const verb = file.status === 'created' ? 'create' : 'delete';
      return {
        ruleId: id,
        ruleIndex: rules.transform(id),
        level: 'note',
        message: { text: plain(`Would ${verb} ${file.path}`) },
        locations: [location(file.path, { startLine: 1 })],
        partialFingerprints: fingerprint(id, file.path, verb),
      };
    });
  return [...unitsOf(charm, order).map((unit) => unitResult(unit, transforms, rules)), ...whole];
}

function unitResult(unit: Unit, transforms: readonly TransformInfo[], rules: Rules): Result {
  const titles = unit.makers.map((id) => transforms.find((one) => one.id === id)?.title ?? id);
  const id = unit.makers[0] ?? 'tempo-codemods';
  const review = unit.makers.some((one) => transforms.find((info) => info.id === one)?.safety === 'review');
  return {
    ruleId: id,
    ruleIndex: rules.transform(id),
    level: 'note',
    message: { text: plain(`${titles.join('; ')}${review ? ' (changes behaviour: review)' : ''}`) },
    locations: unit.files
      .flatMap((file) => file.changes.map((change) => location(file.path, regionOf(file.before, change))))
      .slice(0, 1),
    relatedLocations: unit.files
      .flatMap((file) => file.changes.map((change) => location(file.path, regionOf(file.before, change))))
      .slice(1, 100),
    partialFingerprints: fingerprint(...unit.groups),
    fixes: [
      { description: { text: plain(titles.join('; ')) }, artifactChanges: unit.files.map(artifactChange) },
    ],
    properties: { transforms: unit.makers },
  };
}

function artifactChange(file: FileChanges): ArtifactChange {
  return {
    artifactLocation: { uri: uriOf(file.path), uriBaseId: '%SRCROOT%' },
    replacements: file.changes.map((change) => ({
      deletedRegion: regionOf(file.before, change),
      ...(change.text === '' ? {} : { insertedContent: { text: change.text } }),
    })),
  };
}

/** Lines and columns from 1, the end exclusive. A BOM counts as a character, as everywhere in this tool. */
function regionOf(text: string, range: Pick<Edit, 'start' | 'end'>): Region {
  const start = position(text, range.start);
  const end = position(text, range.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function location(path: string, region?: Region): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
      ...(region === undefined ? {} : { region }),
    },
  };
}

/** A relative URI reference: each part of the path percent-encoded. */
function uriOf(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
}

function fingerprint(...parts: readonly string[]): Record<string, string> {
  return { 'tempoCodemods/v1': createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32) };
}

/** `cert-read-elsewhere` as words. */
function sentence(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
