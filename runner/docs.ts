/** The pages of docs/transforms: one for each transform, and the index with the runner's own findings. */
import { presets } from '../transforms/index.js';
import type { Preset } from '../transforms/kit/preset.js';
import type { OptionSpecs, Transform } from '../transforms/kit/transform.js';
import type { Header } from './header.js';
import { OWN_FINDINGS } from './ownFindings.js';

/** A finding as it came out of a run, to show the wording. */
export interface FindingExample {
  readonly message: string;
  readonly help: string;
}

/**
 * The page of one transform, as Markdown.
 *
 * @param examples by reason
 */
export function transformPage(
  transform: Transform,
  header: Header,
  examples: Readonly<Record<string, FindingExample>> = {},
): string {
  const { id, title, safety } = transform;
  const parts = [
    `# ${id}`,
    `${title}.`,
    ...positions(transform),
    capital(header.what),
    section('Why', capital(header.why)),
    header.example && `## Before and after\n\n${code(header.example)}`,
    section('Handles', capital(header.handles)),
    section('Refuses', capital(header.refuses)),
    section('Safety', safetyText(safety, header.safety)),
    section('Options', optionList(id, transform.options)),
    section('Findings', findingList(transform, examples)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function positions(transform: Transform): string[] {
  return Object.values(presets).flatMap(({ id, steps }) =>
    steps.flatMap((step, index) =>
      step.transform === transform ? [`Step ${index + 1} of \`${id}\`. ${step.why}`] : [],
    ),
  );
}

function section(name: string, text: string): string {
  return text === '' ? '' : `## ${name}\n\n${text}`;
}

function code(text: string): string {
  const language = /^[-+] /m.test(text) ? 'diff' : /→|^(Before|After):/m.test(text) ? 'text' : 'python';
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function safetyText(safety: Transform['safety'], text: string): string {
  return capital(text === '' ? `${safety}.` : text);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function optionList(id: string, options: OptionSpecs): string {
  return Object.entries(options)
    .map(
      ([key, { type, default: value, description }]) =>
        `- \`--option ${id}.${key}=${type.toUpperCase()}\`, default \`${JSON.stringify(value)}\`: ${description}`,
    )
    .join('\n');
}

function findingList(transform: Transform, examples: Readonly<Record<string, FindingExample>>): string {
  return Object.entries(transform.findings)
    .map(([reason, { severity, title }]) => {
      const example = examples[reason];
      return [
        `### ${reason}`,
        `${prose(title)}. Severity: ${severity}.`,
        ...(example ? [quoted('For example', example.message), quoted('What to do', example.help)] : []),
      ].join('\n\n');
    })
    .join('\n\n');
}

/** What a finding says: one paragraph, or a block where the lines matter. */
function quoted(label: string, text: string): string {
  if (text.includes('\n')) return `${label}:\n\n\`\`\`text\n${text}\n\`\`\``;
  return `${label}: ${prose(text)}`;
}

/** Outside code spans, Markdown would make something of `__init__` and the like. */
function prose(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  return parts.map((part) => (part.startsWith('`') ? part : escaped(part))).join('');
}

function escaped(text: string): string {
  return text.replace(/[*<[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}

/** The index: presets with their steps in order, and the findings that belong to no transform. */
export function indexPage(): string {
  const list = Object.values<Preset>(presets).map(({ id, title, steps }) => {
    const lines = steps.map(
      ({ transform, why }) => `1. [${transform.id}](${transform.id}.md): ${transform.title}. ${why}`,
    );
    return `## ${id}\n\n${title}.\n\n${lines.join('\n')}`;
  });
  const own = Object.entries(OWN_FINDINGS).map(
    ([id, { severity, title, help }]) =>
      `### ${id}\n\n${title}. Severity: ${severity}.\n\nWhat to do: ${help}`,
  );
  return `${[
    '# Transforms',
    'What each step does, and what each finding means. These pages are made from the headers of the modules: `npm run docs`.',
    ...list,
    '## Findings of the run itself',
    ...own,
  ].join('\n\n')}\n`;
}

/** The part of a page under one heading of a finding; undefined when it is not there. */
export function findingSection(page: string, heading: string): string | undefined {
  const start = `${page}\n`.indexOf(`\n### ${heading}\n`);
  if (start === -1) return undefined;
  const end = page.slice(start + 1).search(/\n#{1,3} /);
  return `${page.slice(start + 1, end === -1 ? undefined : start + 1 + end).trim()}\n`;
}
