/** One try of GitHub's to deliver a webhook to the App. Tries of the same webhook share a GUID. */
export interface HookAttempt {
  readonly id: number;
  readonly guid: string;
  /** The App answered 2xx. */
  readonly taken: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * What GitHub has sent to the App, and failed to. GitHub never sends a webhook again by itself; it keeps them for 3 days
 * (7 on Enterprise servers). Rejects with `HubFailed`.
 */
export interface HookDeliveries {
  /** Newest first, back to a time, at most a few thousand. */
  since(time: Date): Promise<readonly HookAttempt[]>;
  sendAgain(attempt: number): Promise<void>;
}
