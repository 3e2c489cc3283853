import { describe, expect, it } from '@jest/globals';
import { questionsOf } from '../../../runner/interactive/questions.js';
import {
  type Command,
  isDone,
  rejectedOf,
  type Session,
  startSession,
  step,
} from '../../../runner/interactive/session.js';
import { charmFiles, outcomeOf } from '../report/sample.js';

const [charm] = outcomeOf([{ files: charmFiles() }]).charms;
if (!charm) throw new Error('no charm');
const questions = questionsOf(charm);

const run = (...commands: Command[]): Session =>
  commands.reduce(step, startSession(questions, new Map(), new Set()));
const left = (session: Session) =>
  rejectedOf(session).map((one) => `${one.paths[0]} ${one.makers.join('+')}`);

describe('questions', () => {
  it('offers edits that belong together as one, whole files last', () => {
    expect(questions.map(({ kind, makers, paths }) => [kind, makers.join('+'), paths.join(' ')])).toEqual([
      ['edit', 'rename-lib-modules', 'src/charm.py'],
      ['edit', 'charm-tracing-config', 'src/charm.py'],
      ['edit', 'rename-lib-modules', 'tests/test_charm.py'],
      ['delete', 'vendored-libs', 'lib/charms/tempo_k8s/v2/tracing.py'],
    ]);
    expect(questions[3]?.groups).toEqual(['vendored-libs:lib/charms/tempo_k8s/v2/tracing.py']);
  });

  it('has the finding beside the change', () => {
    expect(questions.map((one) => one.findings.map((finding) => finding.id))).toEqual([
      [],
      ['charm-tracing-config/cert-read-elsewhere'],
      [],
      [],
    ]);
  });

  it('finds the deleting group from a working directory below the top', () => {
    const below = { ...charm, files: charm.files.map((file) => ({ ...file, path: `../up/${file.path}` })) };
    expect(questionsOf(below).at(-1)?.groups).toEqual(questions[3]?.groups);
  });
});

describe('session', () => {
  it('accepts and rejects one by one', () => {
    const session = run('accept', 'reject', 'accept', 'reject');
    expect(isDone(session)).toBe(true);
    expect(left(session)).toEqual([
      'src/charm.py charm-tracing-config',
      'lib/charms/tempo_k8s/v2/tracing.py vendored-libs',
    ]);
  });

  it('accepts all of a transform, here and in later charms', () => {
    const session = run('transform');
    expect(session.answers).toEqual(['accept', undefined, 'accept', undefined]);
    expect(startSession(questions, new Map(), session.trusted).at).toBe(1);
  });

  it('accepts the rest of the file', () => {
    expect(run('file').answers).toEqual(['accept', 'accept', undefined, undefined]);
  });

  it('never turns an answer that was given', () => {
    expect(run('reject', 'file').answers).toEqual(['reject', 'accept', undefined, undefined]);
  });

  it('goes back and asks again', () => {
    const session = run('reject', 'back', 'accept');
    expect(session).toMatchObject({ answers: ['accept', undefined, undefined, undefined], at: 1 });
    expect(run('back')).toMatchObject({ at: 0 });
  });

  it('quits: what has no answer is left out', () => {
    const session = run('accept', 'quit');
    expect(isDone(session)).toBe(true);
    expect(left(session)).toHaveLength(3);
  });

  it('asks only what is new in a later round', () => {
    const first = run('accept', 'reject', 'accept', 'accept');
    const known = new Map(
      questions.map((one, index) => [one.signature, first.answers[index] ?? 'reject'] as const),
    );
    expect(isDone(startSession(questions, known, new Set()))).toBe(true);
    expect(
      startSession(
        questions.map((one) => ({ ...one, signature: `${one.signature}!` })),
        known,
        new Set(),
      ).at,
    ).toBe(0);
  });
});
