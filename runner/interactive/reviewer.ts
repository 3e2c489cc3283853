/** `--interactive`: asks about each change of each charm, on a terminal. */

import { oneLine } from '../report/escape.js';
import { createPaint, hang } from '../report/paint.js';
import { count } from '../report/words.js';
import type { CharmOutcome, TransformInfo } from '../result.js';
import { Interrupted, type Key, Keyboard, type TerminalInput, type TerminalOutput } from './keyboard.js';
import { type Question, questionsOf } from './questions.js';
import {
  type Answer,
  type Command,
  isDone,
  rejectedOf,
  type Session,
  startSession,
  step,
} from './session.js';
import { page, splitRows } from './split.js';
import { renderKeys, renderPrompt, renderQuestion } from './view.js';

export interface ReviewerOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly color: boolean;
  /** Called on Ctrl-C, before {@link Interrupted} is thrown. */
  readonly onInterrupt: () => void;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  y: 'accept',
  a: 'accept',
  n: 'reject',
  r: 'reject',
  t: 'transform',
  f: 'file',
  b: 'back',
  q: 'quit',
};

const WORDS: Readonly<Record<Command, string>> = {
  accept: 'accepted',
  reject: 'left out',
  transform: 'all of this step accepted',
  file: 'rest of the file accepted',
  back: 'back',
  quit: 'enough',
};

/** Asks, charm by charm; remembers what was left out. */
export class Reviewer {
  /** Set once the run knows its transforms. */
  transforms: readonly TransformInfo[] = [];
  readonly #options: ReviewerOptions;
  readonly #keyboard: Keyboard;
  readonly #left: { charm: string; question: Question }[] = [];
  readonly #known = new Map<string, Map<string, Answer>>();
  readonly #returned = new Map<string, ReadonlySet<string>>();
  #trusted: ReadonlySet<string> = new Set();
  #quit = false;

  constructor(options: ReviewerOptions) {
    this.#options = options;
    this.#keyboard = new Keyboard(options.input);
  }

  /**
   * Asks about a charm's draft.
   *
   * @returns the groups to leave out. The steps then run again without them, and what they make of it is asked again
   *   where it differs.
   * @throws Interrupted on Ctrl-C
   */
  readonly review = async (draft: CharmOutcome): Promise<ReadonlySet<string>> => {
    const known = this.#known.get(draft.root);
    const questions = questionsOf(draft);
    let session = startSession(questions, known ?? new Map(), this.#trusted);
    if (known && !isDone(session) && !this.#quit) {
      const open = session.answers.filter((one) => one === undefined).length;
      this.#say(`\nWithout what you left out, the steps do ${count(open, 'thing')} differently:\n`);
    }
    if (this.#quit) session = { ...session, quit: true };
    session = await this.#ask(session, draft);
    this.#trusted = session.trusted;
    this.#quit = session.quit;
    const rejected = rejectedOf(session);
    this.#left.push(...rejected.map((question) => ({ charm: draft.root, question })));
    this.#known.set(
      draft.root,
      new Map([
        ...(known ?? []),
        ...questions.map(
          (question, index) => [question.signature, session.answers[index] ?? 'reject'] as const,
        ),
      ]),
    );
    // What was left out once and is still there cannot be left out: asking for it again would never end.
    const returned = this.#returned.get(draft.root) ?? new Set();
    const fresh = rejected.flatMap((question) => question.groups).filter((group) => !returned.has(group));
    this.#returned.set(draft.root, new Set([...returned, ...fresh]));
    return new Set(fresh);
  };

  /** What was left out, for the end; empty when all was accepted. */
  summary(): string {
    if (this.#left.length === 0) return '';
    const paint = this.#paint();
    const lines = this.#left.map(({ charm, question }) => {
      const titles = question.makers.map((id) => this.transforms.find((one) => one.id === id)?.title ?? id);
      const where = charm === '.' ? '' : `${charm}: `;
      return hang(
        '  ✗ ',
        oneLine(`${where}${question.paths.join(', ')}: ${titles.join('; ')} (${question.makers.join(', ')})`),
        paint.width,
      );
    });
    return `${paint.colors.bold('Left out by you:')}\n${lines.join('\n')}\n`;
  }

  async #ask(start: Session, draft: CharmOutcome): Promise<Session> {
    let session = start;
    if (isDone(session)) return session;
    this.#keyboard.start();
    try {
      let shown = -1;
      while (!isDone(session)) {
        const question = session.questions[session.at];
        if (!question) break;
        const paint = this.#paint();
        if (shown !== session.at) {
          const asked = {
            question,
            number: session.at + 1,
            total: session.questions.length,
            charm: draft.root,
          };
          this.#say(renderQuestion({ ...asked, transforms: this.transforms }, paint));
        }
        shown = session.at;
        this.#say(renderPrompt(paint));
        const key = await this.#key();
        const command = key.text === undefined ? undefined : COMMANDS[key.text.toLowerCase()];
        if (command !== undefined) {
          this.#say(`${paint.colors.bold(WORDS[command])}\n`);
          session = step(session, command);
          if (command === 'back') shown = -1;
        } else if (key.text === 's') {
          this.#say('split view\n');
          await this.#split(draft, question);
        } else {
          this.#say(`\n${renderKeys(paint)}`);
        }
      }
    } finally {
      this.#keyboard.stop();
    }
    return session;
  }

  async #split(draft: CharmOutcome, question: Question): Promise<void> {
    const file = draft.files.find((one) => one.path === question.paths[0]);
    if (!file) return;
    const { output } = this.#options;
    const paint = this.#paint();
    const { rows, first } = splitRows(file.before ?? '', file.after ?? '', paint);
    const height = Math.max(5, output.rows ?? 24);
    const last = Math.max(0, rows.length - (height - 1));
    let top = Math.min(last, Math.max(0, first - 3));
    this.#say('\u001b[?1049h');
    try {
      for (;;) {
        this.#say(page(rows, top, height, file.path, paint));
        const key = await this.#key();
        if (key.text === 'q' || key.text === 's' || key.name === 'escape' || key.name === 'return') break;
        const by: Readonly<Record<string, number>> = {
          down: 1,
          j: 1,
          up: -1,
          k: -1,
          space: height - 2,
          pagedown: height - 2,
          b: 2 - height,
          pageup: 2 - height,
        };
        top = Math.min(last, Math.max(0, top + (by[key.name ?? ''] ?? 0)));
      }
    } finally {
      this.#say('\u001b[?1049l');
    }
  }

  async #key(): Promise<Key> {
    const key = await this.#keyboard.next();
    if (!key.interrupt) return key;
    this.#options.onInterrupt();
    throw new Interrupted();
  }

  #paint() {
    return createPaint({ width: this.#options.output.columns ?? 80, color: this.#options.color });
  }

  #say(text: string): void {
    this.#options.output.write(text);
  }
}
