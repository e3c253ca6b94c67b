import type { StreamId } from '../../domain/event.ts';
import type { OrderParts } from '../../domain/run/order.ts';
import type { RunAnswer, RunRequest } from '../../domain/run/run-request.ts';

/** A request as a run numbered it, from 1. `request` null: it is none that this town knows. */
export interface NumberedRequest {
  readonly number: number;
  readonly request: RunRequest | null;
}

/** What is known of one run from its refs. */
export interface RunDesk {
  readonly stream: StreamId;
  readonly order: OrderParts;
  /** Who it says it is; null: it has not said so. */
  readonly claim: { readonly session: string; readonly run: number } | null;
  /** Asked and not answered, in order. */
  readonly open: readonly NumberedRequest[];
  /** Of the convoy's stream, up to which the run has been told; 0: of nothing. */
  readonly version: number;
}

export interface RunReply {
  readonly desk: RunDesk;
  /** To the first of its open requests, in their order. */
  readonly answers: readonly RunAnswer[];
  /** Tell it all of the convoy's stream that it has not been told of. */
  readonly tells: boolean;
}

/** A bead's work where a run left it. */
export interface WorkRef {
  readonly issue: number;
  readonly bead: number;
}

/** What stands in a repository for runs. */
export interface StandingRunRefs {
  readonly orders: readonly OrderParts[];
  readonly works: readonly WorkRef[];
  /** Numbers of the convoys whose head was brought there. */
  readonly heads: readonly number[];
}

/** The refs in one repository by which runs and the town that ordered them speak. Rejects where it can't be reached. */
export interface RigRunRefs {
  list(): Promise<StandingRunRefs>;
  /** Reads what is new of a run's refs and takes its sessions into the town's ledger. Throws `LedgerError`. */
  read(stream: StreamId, order: OrderParts): Promise<RunDesk>;
  /** Everything at once, with one push; false where a ref was not where it was seen, and nothing happened. */
  settle(settlement: {
    readonly replies: readonly RunReply[];
    /** Runs that are over: their refs go. */
    readonly over: readonly RunDesk[];
    readonly works: readonly WorkRef[];
    readonly heads: readonly number[];
  }): Promise<boolean>;
}

export interface RunRefs {
  open(rig: { readonly id: number; readonly owner: string; readonly name: string }): Promise<RigRunRefs>;
  /** How often the refs are listed while a run is at work, in ms. GitHub sends no webhook for them. */
  readonly everyMs: number;
}
