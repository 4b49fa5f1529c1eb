/**
 * Lets work on the same thing run one after the other within this process, so that writers which would only collide and try
 * again take turns instead. It is a courtesy, not a lock: other processes know nothing of it, and nothing may rely on it.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` once all earlier work on `key` has ended, however it ended. */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const earlier = this.last.get(key);
    const turn = earlier === undefined ? work() : earlier.then(work, work);
    this.last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(key) === turn) this.last.delete(key);
    }
  }
}
