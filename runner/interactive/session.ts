/** The answers to the questions of one charm: a state and what each key makes of it. Pure. */
import type { Question } from './questions.js';

export type Answer = 'accept' | 'reject';

export interface Session {
  readonly questions: readonly Question[];
  readonly answers: readonly (Answer | undefined)[];
  /** The question that is asked; equal to their number when all are answered. */
  readonly at: number;
  /** Transforms of which everything is accepted, in later charms too. */
  readonly trusted: ReadonlySet<string>;
  /** The person has had enough: what has no answer is left out. */
  readonly quit: boolean;
}

export type Command = 'accept' | 'reject' | 'transform' | 'file' | 'back' | 'quit';

/** Begins; what was accepted before or is trusted needs no question. */
export function startSession(
  questions: readonly Question[],
  known: ReadonlyMap<string, Answer>,
  trusted: ReadonlySet<string>,
): Session {
  const answers = questions.map((question) => known.get(question.signature) ?? trust(question, trusted));
  return advance({ questions, answers, at: 0, trusted, quit: false });
}

/** What a command makes of the session. */
export function step(session: Session, command: Command): Session {
  const { questions, at } = session;
  const question = questions[at];
  if (command === 'quit') return { ...session, quit: true };
  if (command === 'back') return back(session);
  if (!question) return session;
  if (command === 'accept' || command === 'reject')
    return advance(answer(session, (_, index) => index === at, command));
  if (command === 'transform') {
    const trusted = new Set([...session.trusted, ...question.makers]);
    const all = answer(
      { ...session, trusted },
      (one, index) => index === at || trust(one, trusted) === 'accept',
      'accept',
    );
    return advance(all);
  }
  const path = question.paths[0];
  return advance(answer(session, (one, index) => index === at || one.paths[0] === path, 'accept'));
}

/** Nothing is left to ask. */
export function isDone(session: Session): boolean {
  return session.quit || session.at >= session.questions.length;
}

/** The questions that were not accepted. */
export function rejectedOf(session: Session): Question[] {
  return session.questions.filter((_, index) => session.answers[index] !== 'accept');
}

/** Accepts a question whose makers are all trusted. */
function trust(question: Question, trusted: ReadonlySet<string>): Answer | undefined {
  return question.makers.length > 0 && question.makers.every((maker) => trusted.has(maker))
    ? 'accept'
    : undefined;
}

/** Answers every question that fits and has no answer yet, and the asked one in any case. */
function answer(
  session: Session,
  fits: (question: Question, index: number) => boolean,
  value: Answer,
): Session {
  const answers = session.questions.map((question, index) => {
    const old = session.answers[index];
    return fits(question, index) && (old === undefined || index === session.at) ? value : old;
  });
  return { ...session, answers };
}

function advance(session: Session): Session {
  const next = session.answers.findIndex((one, index) => index >= session.at && one === undefined);
  return { ...session, at: next === -1 ? session.questions.length : next };
}

/** To the question before; it is asked again. At the first one nothing happens. */
function back(session: Session): Session {
  const at = Math.max(0, session.at - 1);
  const answers = session.answers.map((one, index) => (index === at ? undefined : one));
  return { ...session, answers, at };
}
