/** Knows what the learner is running right now, and so what an engine's event comes from; it starts nothing. */

/** What made the engine do something. */
export type Cause =
  | { by: 'cell'; path: string; cell: string; source: string }
  | { by: 'terminal'; name: string; command: string }
  | { by: 'panel' };

/** An event that a command makes may be told this long (in milliseconds) after the command has ended. */
export const GRACE = 400;

/** The commands that are under way. */
export class Causes {
  constructor(private readonly now: () => number = () => Date.now()) {}

  /**
   * Say that a command begins.
   *
   * @returns What to call when it has ended.
   */
  begin(cause: Cause): () => void {
    const running = { cause };
    this.running.push(running);
    return () => {
      const index = this.running.indexOf(running);
      if (index >= 0) {
        this.running.splice(index, 1);
        this.ended = { cause, at: this.now() };
      }
    };
  }

  /**
   * What an event that arrives now comes from: the command that began last, of those that run or have just ended.
   *
   * A `docker logs -f` in a terminal goes on while cells are run, hence the last; null where nothing runs.
   */
  get current(): Cause | null {
    const running = this.running.at(-1);
    if (running) {
      return running.cause;
    }
    return this.ended && this.now() - this.ended.at <= GRACE
      ? this.ended.cause
      : null;
  }

  private readonly running: { cause: Cause }[] = [];
  private ended: { cause: Cause; at: number } | null = null;
}
