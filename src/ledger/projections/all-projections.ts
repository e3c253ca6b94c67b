import { beads } from './beads.ts';
import { convoys } from './convoys.ts';
import { outbox } from './outbox.ts';
import type { Projection } from './projection.ts';
import { sessions } from './sessions.ts';
import { spend } from './spend.ts';
import { spendDays } from './spend-days.ts';

/** Every read model that a ledger keeps. */
export const allProjections: readonly Projection[] = [beads, convoys, outbox, sessions, spend, spendDays];
