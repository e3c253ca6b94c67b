import type { NewEvent, RecordedEvent } from '../domain/event.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';
import type { SessionSpec } from './session.ts';
import { type SessionState, sessionFold } from './session-state.ts';

/** Somebody else wrote to a session while it ran: two processes hold it, and this one lets go. */
export class SessionTaken extends Error {
  override readonly name = 'SessionTaken';
  readonly session: string;
  readonly expected: number;
  readonly actual: number;
  constructor(session: string, expected: number, actual: number) {
    super(
      `Another process works the session ${session}: version ${expected} was expected and it is at ${actual}.`,
    );
    this.session = session;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The session was ended from outside while it ran. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver';
}

/** The one pen of a session's stream: appends one after the other, and keeps the state that they lead to. */
export class SessionWriter {
  readonly #ledger: Ledger;
  readonly #spec: SessionSpec;
  readonly #stream: `session/${string}`;
  #state: SessionState;
  #version: number;
  /** What goes into the next write, while another is under way. */
  #next: { readonly events: NewEvent[]; readonly written: Promise<void> } | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, spec: SessionSpec) {
    this.#ledger = ledger;
    this.#spec = spec;
    this.#stream = `session/${spec.id}`;
    const { state, version } = ledger.load(this.#stream, sessionFold);
    this.#state = state;
    this.#version = version;
  }

  get state(): SessionState {
    return this.#state;
  }

  get version(): number {
    return this.#version;
  }

  /**
   * Resolves once the events are durable. What people say to a session is taken in first; rejects with `SessionOver` when it
   * was ended from outside, and with `SessionTaken` when another process works it.
   */
  append(...events: NewEvent[]): Promise<void> {
    if (this.#next !== null) {
      // Calls that answer while a write is under way share the next one: one commit, however many they are.
      this.#next.events.push(...events);
      return this.#next.written;
    }
    const batch = [...events];
    const written = this.#last.then(() => {
      this.#next = null;
      return this.#write(batch);
    });
    this.#next = { events: batch, written };
    // A failed append is its callers' to handle; the ones after it fail on their own account.
    this.#last = written.then(
      () => null,
      () => null,
    );
    return written;
  }

  async #write(events: readonly NewEvent[]): Promise<void> {
    for (;;) {
      const result = await this.#ledger.append({
        stream: this.#stream,
        expected: this.#version === 0 ? 'must-not-exist' : this.#version,
        events,
        actor: this.#spec.actor ?? this.#spec.role,
        cause: this.#state.lastEventId ?? this.#spec.cause ?? this.#spec.id,
      });
      if (result.status !== 'conflict') return this.#takeIn(result.events);
      this.#hear();
    }
  }

  /** Takes in what came from outside since the last append. */
  #hear(): void {
    const others = this.#ledger.read(this.#stream, this.#version);
    const expected = this.#version;
    const strange = others.some((event) => event.type !== 'SessionNudged' && event.type !== 'SessionEnded');
    if (strange || others.length === 0) {
      throw new SessionTaken(this.#spec.id, expected, expected + others.length);
    }
    this.#takeIn(others);
    if (this.#state.ended) throw new SessionOver(`The session ${this.#spec.id} was ended from outside.`);
  }

  #takeIn(events: readonly RecordedEvent[]): void {
    this.#state = events.reduce(sessionFold.evolve, this.#state);
    this.#version += events.length;
  }
}
