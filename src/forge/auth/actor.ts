import type { AppPermissions } from '../forge.ts';
import type { InstallationRow, UserRow } from '../store/rows.ts';

/** Who a request comes from. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app' }
  | { readonly kind: 'user'; readonly user: UserRow }
  | {
      readonly kind: 'installation';
      /** The App's bot user, under whose name everything it does appears. */
      readonly user: UserRow;
      /** Of the forge's App, or of the built-in Actions App, whose token a job gets. */
      readonly installation: Pick<InstallationRow, 'id' | 'account_id'>;
      /** Whether it is a job's token, whose limits are its repository's. */
      readonly job: boolean;
      readonly permissions: AppPermissions;
      /** The repositories the token was narrowed to, or null for all of the installation's. */
      readonly repositoryIds: readonly number[] | null;
    };

/** An actor that has a user, and so can write. */
export type WritingActor = Extract<Actor, { kind: 'user' | 'installation' }>;
