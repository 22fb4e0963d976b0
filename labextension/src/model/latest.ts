/** Does one thing at a time, and of what is asked meanwhile only the last. */

/** What takes longer than the changes that ask for it. */
export class Latest {
  /**
   * Do something now, or when what is under way has ended.
   *
   * @param doing - Never rejects; it is left out where something else is asked before its turn.
   */
  ask(doing: () => Promise<void>): void {
    this.next = doing;
    if (!this.isBusy) {
      void this.work();
    }
  }

  /** Leave out what waits for its turn. */
  forget(): void {
    this.next = null;
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.next) {
      const doing = this.next;
      this.next = null;
      await doing();
    }
    this.isBusy = false;
  }

  private next: (() => Promise<void>) | null = null;
  private isBusy = false;
}
