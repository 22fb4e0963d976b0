/** Makes one announcement of many changes: at most one for each picture that the browser draws. */

/** Calls back when the next picture is about to be drawn. */
export type Schedule = (callback: () => void) => void;

const nextFrame: Schedule = callback => {
  requestAnimationFrame(callback);
};

/** An announcement that waits for the next frame, however often it is asked for until then. */
export class Batch {
  constructor(
    private readonly announce: () => void,
    private readonly schedule: Schedule = nextFrame
  ) {}

  /** Ask for the announcement. */
  request(): void {
    if (this.isPending) {
      return;
    }
    this.isPending = true;
    this.schedule(() => {
      this.isPending = false;
      this.announce();
    });
  }

  private isPending = false;
}
