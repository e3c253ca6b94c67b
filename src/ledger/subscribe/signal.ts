/** Something to wait for that may be given before, while or after somebody waits; once taken it must be given anew. */
export class Signal {
  private given = false;
  private wake: (() => void) | null = null;

  give(): void {
    this.given = true;
    this.wake?.();
  }

  /** Resolves at the next `give`, or at once when there was one since the last `take`. One waiter at a time. */
  async take(): Promise<void> {
    if (!this.given) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
    this.given = false;
  }

  /** Like `take`, but no longer than `ms` milliseconds. */
  async takeWithin(ms: number): Promise<void> {
    const timer = setTimeout(() => this.give(), ms);
    try {
      await this.take();
    } finally {
      clearTimeout(timer);
    }
  }
}
