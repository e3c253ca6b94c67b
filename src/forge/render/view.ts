import type { AppIdentity } from '../context.ts';
import type { Store } from '../store/store.ts';

/** JSON as it goes out. */
export type Json = Record<string, unknown>;

/** Where a client sees the forge: every URL in an answer is built from it. */
export interface View {
  readonly store: Store;
  readonly identity: AppIdentity;
  /** REST root without a slash at the end. */
  readonly api: string;
  /** Pages and git root without a slash at the end. */
  readonly html: string;
}

/** GitHub's older, readable node id: the type's length and name and the database id, in base64. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`0${type.length}:${type}${id}`).toString('base64');
}
