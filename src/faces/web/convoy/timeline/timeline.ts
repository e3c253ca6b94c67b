/** Something that took time. Times are milliseconds since 1970. */
export interface Span {
  readonly kind: 'work' | 'failed' | 'waiting' | 'check' | 'red' | 'agent';
  readonly from: number;
  /** Null: it goes on. */
  readonly to: number | null;
  readonly words: string;
}

/** A stretch in which a session was suspended and cost nothing; `to` is null where it still is. */
export interface Rest {
  readonly from: number;
  readonly to: number | null;
}

export interface BeadLine {
  readonly bead: number;
  readonly spans: readonly Span[];
  readonly createdAt: number;
  /** When its change was in the verified head, or it closed without one. */
  readonly deliveredAt: number | null;
}

/** Who worked when in a convoy, as its events tell it. */
export interface Timeline {
  readonly from: number;
  /** Of the last event, or now where something goes on. */
  readonly to: number;
  readonly mayor: readonly Span[];
  readonly beads: ReadonlyMap<number, BeadLine>;
  readonly refinery: readonly Span[];
}
