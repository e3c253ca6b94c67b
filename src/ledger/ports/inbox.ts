/** A webhook as it came in: kept before it is answered, handled after. */
export interface StoredDelivery {
  /** GitHub's `X-GitHub-Delivery`; a redelivery carries the same one. */
  readonly guid: string;
  /** `X-GitHub-Event`. */
  readonly event: string;
  readonly payload: unknown;
  readonly receivedAt: string;
  /** How often its handling has failed. */
  readonly tries: number;
}

export interface ParkedDelivery {
  readonly guid: string;
  readonly event: string;
  readonly receivedAt: string;
  readonly reason: string;
}

/**
 * The work list of deliveries. A GUID is remembered after its delivery was handled, for longer than GitHub may send it
 * again. Losing the list costs repeats, never a wrong state: what handlers decide is keyed in the log itself.
 */
export interface Inbox {
  /** Durable once it resolves. `known`: this GUID came before, and nothing more will be done for it. */
  receive(delivery: Omit<StoredDelivery, 'tries'>): Promise<'new' | 'known'>;
  /** Whether this GUID came before and is still remembered. */
  knows(guid: string): boolean;
  /** The oldest deliveries that are due, beside those that are named; at most `limit`. */
  due(now: Date, limit: number, beside?: ReadonlySet<string>): readonly StoredDelivery[];
  /** When the next delivery that failed is due again; null when none waits. */
  nextDueAt(beside?: ReadonlySet<string>): Date | null;
  handled(guids: readonly string[], at: Date): Promise<void>;
  retryAt(guid: string, at: Date, reason: string): Promise<void>;
  /** Sets a delivery aside for a person to look at. */
  park(guid: string, reason: string): Promise<void>;
  parked(): readonly ParkedDelivery[];
  /** Forgets the GUIDs of deliveries that were handled before a time. */
  forgetHandledBefore(time: Date): Promise<void>;
}
