/** Keeps the newest of many positions: while one write waits for the disk, later positions replace each other. */
export class CheckpointWriter {
  private readonly write: (position: () => number) => Promise<void>;
  private newest: number;
  private written: number;
  private running: Promise<void> | null = null;

  /** `write` asks for the position when its transaction runs, so that it keeps the newest one. */
  constructor(start: number, write: (position: () => number) => Promise<void>) {
    this.write = write;
    this.newest = start;
    this.written = start;
  }

  reached(position: number): void {
    this.newest = position;
    // A failed write loses nothing: the next one, or `settled`, tries again.
    this.running ??= this.run().catch(() => undefined);
  }

  /** Resolves when the newest position is kept; throws what kept it from being so. */
  async settled(): Promise<void> {
    await this.running;
    if (this.written !== this.newest) await this.run();
  }

  private async run(): Promise<void> {
    try {
      while (this.written !== this.newest) {
        let position = this.newest;
        await this.write(() => {
          position = this.newest;
          return position;
        });
        this.written = position;
      }
    } finally {
      this.running = null;
    }
  }
}
