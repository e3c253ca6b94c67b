import type { ActionsOptions } from './actions/options.ts';

/** One REST request that the forge answered, as a client saw it. Bodies are parsed JSON, or null where there is none. */
export interface ApiExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** GitHub's operation id (`issues/create`), or null where the route is not served. */
    readonly operationId: string | null;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** One webhook as it left the forge. */
export interface SentWebhook {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: unknown;
}

/** A push that a git client made. */
export interface ReceivedPush {
  /** `owner/name` */
  readonly repository: string;
  /** Whether the limits let it in. What it then asked for may still have been refused, ref by ref. */
  readonly admitted: boolean;
  /** The refs that it moved. */
  readonly moved: readonly string[];
}

/** Requests and pushes that one caller may make. */
export interface Limits {
  /** Primary: requests an hour. */
  readonly hourly: number;
  /** Primary, for all jobs of one repository together: requests an hour. */
  readonly hourlyOfJobs: number;
  /** Secondary: points a minute; a read costs 1 and anything else 5. */
  readonly pointsPerMinute: number;
  /** Secondary: requests at once. */
  readonly concurrent: number;
  /** Secondary: issues, comments, reviews and the like, a minute and an hour. */
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
  /** Pushes a minute to one repository. */
  readonly pushesPerMinute: number;
}

/** Read or write, by GitHub's permission names (`issues`, `pull_requests`, `contents`, ...). */
export type AppPermissions = Readonly<Record<string, 'read' | 'write'>>;

export interface ForgeOptions {
  /** TCP port on 127.0.0.1; absent or 0 takes a free one. */
  readonly port?: number;
  /** Where SQLite and the bare repositories live; absent keeps the database in memory and removes the repositories on close. */
  readonly folder?: string;
  /** Opens the `/_forge` routes that make faults on demand to whoever holds this token; absent leaves them shut. */
  readonly adminToken?: string;
  readonly clock?: () => Date;
  /** Rate limits that are enforced, `{}` for GitHub's own figures; absent enforces none. They run on `clock`. */
  readonly limits?: Partial<Limits>;
  /** What the App may do; absent grants all that the forge knows. */
  readonly appPermissions?: AppPermissions;
  /** The events the App is subscribed to; absent subscribes to all that the forge sends. */
  readonly appEvents?: readonly string[];
  /** Runs the workflows of the repositories' default branches; absent leaves their runs queued. */
  readonly actions?: ActionsOptions;
  readonly onExchange?: (exchange: ApiExchange) => void;
  /** Called with what a git client asks for: `<method> <path and query>`. */
  readonly onGitRequest?: (asked: string) => void;
  readonly onWebhook?: (webhook: SentWebhook) => void;
  readonly onPush?: (push: ReceivedPush) => void;
}

export type CollaboratorLevel = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Forge {
  /** REST root, `http://127.0.0.1:PORT/api/v3`. */
  readonly api: string;
  /** Pages and git root, `http://127.0.0.1:PORT`. */
  readonly html: string;
  readonly webhookSecret: string;
  /** The one App of this forge, installed on every repository that is created. The private key is PEM (PKCS#1). */
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly privateKey: string;
    readonly installationId: number;
    /** Of the web flow, by which people log in to the App's own pages. */
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** Token of the owner of the first repository: a user with admin on what it owns. */
  readonly userToken: string;
  /** Idempotent: a repository that exists is returned as it is. */
  createRepository(input: {
    readonly owner: string;
    readonly name: string;
    readonly private?: boolean;
    readonly defaultBranch?: string;
    /** Gives an empty repository a first commit with a README. */
    readonly seedCommit?: boolean;
  }): Promise<CreatedRepository>;
  /** Idempotent: the same login keeps its token; a given permission replaces the one it had. */
  addUser(input: {
    readonly login: string;
    readonly permission?: { readonly repository: string; readonly level: CollaboratorLevel };
  }): Promise<{ readonly login: string; readonly token: string }>;
  /**
   * A token as a job of the repository (`owner/name`) gets it as GITHUB_TOKEN: of the built-in Actions App, whose events
   * start no workflow but the two dispatches. All that a job may have where no permissions are given.
   */
  makeJobToken(input: { readonly repository: string; readonly permissions?: AppPermissions }): string;
  /** Sets the App's webhook URL, not kept over a restart. Until it is called, webhooks wait; then they go there in order. */
  sendWebhooksTo(url: string): void;
  /**
   * A link that lets whoever opens it first write on the pages; it works once, for 15 minutes. What is done there is done
   * by the user of that login, or by each repository's owner; the pages let it be changed.
   */
  pageLink(login?: string): string;
  /** Starts the workflows whose `schedule` is due in the minute of `at`. */
  fireSchedules(at: Date): Promise<void>;
  /** Resolves when no workflow runs or waits, and no event waits to start one; at once where nobody runs them. */
  runsSettled(): Promise<void>;
  /** Resolves when no webhook is in flight, and none is queued that has somewhere to go. */
  deliveriesSettled(): Promise<void>;
  close(): Promise<void>;
}

export interface CreatedRepository {
  readonly id: number;
  readonly fullName: string;
  /** Path of the bare repository. */
  readonly bareRepository: string;
  readonly cloneUrl: string;
}
