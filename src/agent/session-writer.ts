import type { NewEvent } from '../domain/event.ts';
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

/** The one pen of a session's stream: appends one after the other, and keeps the state that they lead to. */
export class SessionWriter {
  readonly #ledger: Ledger;
  readonly #spec: SessionSpec;
  readonly #stream: `session/${string}`;
  #state: SessionState;
  #version: number;
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

  /** Resolves once the events are durable. Rejects with `SessionTaken` when somebody else wrote in between. */
  append(...events: NewEvent[]): Promise<void> {
    const written = this.#last.then(() => this.#write(events));
    // A failed append is its caller's to handle; the ones after it fail on their own account.
    this.#last = written.then(
      () => null,
      () => null,
    );
    return written;
  }

  async #write(events: readonly NewEvent[]): Promise<void> {
    const result = await this.#ledger.append({
      stream: this.#stream,
      expected: this.#version === 0 ? 'must-not-exist' : this.#version,
      events,
      actor: this.#spec.actor ?? this.#spec.role,
      cause: this.#state.lastEventId ?? this.#spec.cause ?? this.#spec.id,
    });
    if (result.status === 'conflict') {
      throw new SessionTaken(this.#spec.id, this.#version, result.currentVersion);
    }
    this.#state = result.events.reduce(sessionFold.evolve, this.#state);
    this.#version += result.events.length;
  }
}
