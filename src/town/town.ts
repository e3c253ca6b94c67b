import type { ModelPort } from '../agent/ports/model.ts';
import type { KnownPrice } from '../agent/price.ts';
import type { Progress as SessionProgress } from '../agent/progress.ts';
import type { Role } from '../agent/role.ts';
import type { ConvoySettings } from '../domain/convoy/settings.ts';
import type { StreamId } from '../domain/event.ts';
import type { PatrolLimits } from '../domain/patrol/patrol-limits.ts';
import type { RoleName } from '../domain/session/events.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';
import type { RunRefs } from '../ledger/ports/run-refs.ts';
import type { BeadRuns } from './ports/bead-runs.ts';
import type { GitStore, GitStores } from './ports/git-store.ts';
import type { Hubs, RepositoryRef } from './ports/hub.ts';
import type { Sandboxes } from './ports/sandbox.ts';
import type { HeadAnchor } from './voice/anchor-marker.ts';
import type { MarkerKey } from './voice/marker.ts';

/** What people who watch may like to see at once; never a fact that is not in the ledger too. */
export type Progress =
  | SessionProgress
  | { readonly kind: 'setup'; readonly convoy: string; readonly text: string }
  | {
      readonly kind: 'trouble';
      readonly convoy: string;
      readonly step: string;
      readonly message: string;
      /** Null: it is not tried again until a person has done something. */
      readonly retryInMs: number | null;
    };

/** All that the town's verbs touch the world with. */
export interface Town {
  readonly ledger: Ledger;
  readonly model: ModelPort;
  readonly sandboxes: Sandboxes;
  readonly git: GitStores;
  readonly hubs: Hubs;
  readonly roles: ReadonlyMap<RoleName, Role>;
  /** Models by role, first choice first. */
  readonly models: Readonly<Record<RoleName, readonly [string, ...string[]]>>;
  /** What a new convoy of a rig works under: the town's defaults, the rig's own config at the base commit, the caller's wishes. */
  readonly settingsFor: (rig: RepositoryRef, store: GitStore, base: string) => Promise<SettingsResult>;
  readonly priceOf: (model: string) => KnownPrice;
  readonly clock: () => Date;
  /** Has something done so many ms later by that clock; `clearTimeout` takes it back. */
  readonly later: (work: () => void, ms: number) => NodeJS.Timeout;
  /** UUID version 7. */
  readonly newId: () => string;
  /** This process, among all that may hold a lease. */
  readonly runner: string;
  /** Where a stream's head stands in the repository's refs, for a ledger that is kept there. */
  readonly anchorOf?: (stream: StreamId) => HeadAnchor | null;
  /** Starts runs that work beads on runners of their own. Left out: this process works all beads itself. */
  readonly runs?: BeadRuns;
  /** How such runs ask a town that they share no ledger with. Left out: they have its ledger. */
  readonly runRefs?: RunRefs;
  /** The least time between two passes of the mirror over one convoy, in ms: what happens meanwhile is one edit. */
  readonly mirrorPaceMs: number;
  /** When the Witness's rules hold, where it is not the usual. */
  readonly patrol?: Partial<PatrolLimits>;
  /** Signs the hidden markers by which the town finds its own words on GitHub again. */
  readonly markerKey: MarkerKey;
  /** How long a create whose answer was lost is looked for before it is sent again, in ms. */
  readonly lostCreateMs: number;
  /** When this process took up the town: what an earlier one began, it began before. */
  readonly startedAt: Date;
  readonly onProgress: (progress: Progress) => void;
}

export type SettingsResult =
  | { readonly status: 'ok'; readonly settings: ConvoySettings }
  /** Each problem with its place in the config file. */
  | { readonly status: 'invalid'; readonly problems: readonly string[] };
