import type { Person, RigRef } from './github/github-login.ts';

/** Who looks at a page. */
export interface Reader {
  /** Null for whoever came by a link or a token, or needs neither. */
  readonly person: Person | null;
  /** On what they see. */
  readonly mayWrite: boolean;
  /** What would let them write, for those who may not. */
  readonly writesWith: string;
  /** Those of the rigs whose convoys they may see. */
  sees(rigs: readonly RigRef[]): Promise<readonly RigRef[]>;
}
