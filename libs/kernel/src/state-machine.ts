import { DomainError } from './domain-error.js';

/** Which states follow which: one readable table per aggregate. */
export type Transitions<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/** Says which moves a table allows. */
export class StateMachine<Status extends string> {
  constructor(
    private readonly subject: string,
    private readonly transitions: Transitions<Status>,
  ) {}

  allows(from: Status, to: Status): boolean {
    return this.transitions[from].includes(to);
  }

  /** A state that nothing follows. */
  isFinal(status: Status): boolean {
    return this.transitions[status].length === 0;
  }

  /**
   * Returns false when `from` is `to` already (repeating a transition changes nothing), true when the move is allowed.
   * Throws `INVALID_TRANSITION` with a sentence that names both states otherwise.
   */
  mustAllow(from: Status, to: Status): boolean {
    if (from === to) return false;
    if (this.allows(from, to)) return true;
    throw new DomainError('INVALID_TRANSITION', { message: `The ${this.subject} is ${from}; it cannot become ${to}.` });
  }
}
