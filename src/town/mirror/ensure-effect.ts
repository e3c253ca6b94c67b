import type { EffectKind } from '../../domain/convoy/events.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { effectOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy, Effect } from '../../domain/convoy/state.ts';
import { accept, type NewEvent, refuse, type StreamId } from '../../domain/event.ts';
import type { Json } from '../../domain/json.ts';
import { refusal } from '../../domain/refusal.ts';
import { HubFailed } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { findAgain } from './find-again.ts';

/** Something to be done on GitHub exactly once. */
export interface WantedEffect {
  readonly kind: EffectKind;
  readonly subject: string;
  readonly detail: Json;
  /** Does it. `effect` is the intent's id, for the marker. */
  readonly perform: (effect: Effect) => Promise<Json>;
  /** Looks whether an earlier try, whose answer was never heard, did it; null when it didn't. */
  readonly find: (effect: Effect) => Promise<Json | null>;
  /** The identity may lack the permission, and nothing hangs on it: then it is left undone. */
  readonly mayBeForbidden?: boolean;
  /** Ids of intents that were written ahead and not acted upon yet; the effect's own is taken out before it is done. */
  readonly untried?: Set<string>;
}

/**
 * Intends, does and confirms an effect. An intent without a receipt is looked for on GitHub before it is done again, so
 * that a crash or a 502 after the fact doubles nothing. Null when GitHub has refused it for good; rejects with `HubFailed`
 * when it may work later.
 */
export async function ensureEffect(town: Town, stream: StreamId, wanted: WantedEffect): Promise<unknown> {
  const before = current(town, stream, wanted);
  if (before?.status === 'failed') return null;
  if (before?.status === 'confirmed') return before.receipt;
  const isDoubtful = before !== null && !wanted.untried?.delete(before.id);
  const found = isDoubtful ? await findAgainOrWait(town, wanted, before) : null;
  const effect = before ?? (await intend(town, stream, wanted));
  const receipt = found ?? (await perform(town, stream, wanted, effect));
  if (receipt === null) return null;
  const confirmed = {
    effect: effect.id,
    kind: wanted.kind,
    subject: wanted.subject,
    receipt: receipt,
  };
  await note(town, stream, [{ type: 'EffectConfirmed', data: confirmed }], `confirm:${effect.id}`);
  return receipt;
}

/**
 * What an earlier try did, or null where it is certain that none did: an empty list is weak evidence, so that what is known
 * by its marker alone is looked for until a while after the call, and twice. Rejects when it is too early to tell.
 */
async function findAgainOrWait(town: Town, wanted: WantedEffect, effect: Effect): Promise<Json | null> {
  const found = await wanted.find(effect);
  if (found !== null || effect.refused || findAgain[wanted.kind].by !== 'marker') return found;
  const lastCall = Math.max(
    Date.parse(effect.failedAt ?? effect.intendedAt),
    effect.failedAt === null ? town.startedAt.getTime() : 0,
  );
  const certainAt = lastCall + town.lostCreateMs;
  if (town.clock().getTime() < certainAt) throw tooEarly(wanted.kind, certainAt, null);
  return wanted.find(effect);
}

/** A create whose answer was lost: whether it was done shows only later. */
function tooEarly(kind: EffectKind, certainAt: number, cause: HubFailed | null): HubFailed {
  return new HubFailed(
    {
      operation: `looking for a ${kind}`,
      status: null,
      outcome: 'unknown',
      retryAt: new Date(certainAt).toISOString(),
      message: 'its answer was lost, and it may show yet',
    },
    cause === null ? {} : { cause },
  );
}

/** Gone, or against GitHub's rules: the same call would be refused again. */
const refusedForGood: ReadonlySet<number> = new Set([404, 410, 422]);

function isFinal({ status, retryAt }: HubFailed, mayBeForbidden: boolean): boolean {
  if (status === 403) return mayBeForbidden && retryAt === null;
  return status !== null && refusedForGood.has(status);
}

function current(town: Town, stream: StreamId, wanted: WantedEffect): Effect | null {
  const { state } = town.ledger.load(stream, convoyFold);
  return state === null ? null : effectOf(state, wanted.kind, wanted.subject);
}

/** Intends several effects with one append, and gives the ids: where the ledger is in git, each append is a push. */
export async function intendAhead(
  town: Town,
  stream: StreamId,
  wanted: readonly Pick<WantedEffect, 'kind' | 'subject' | 'detail'>[],
): Promise<readonly string[]> {
  const intents = wanted.map((one) => ({ effect: town.newId(), ...one }));
  const [first] = intents;
  if (first === undefined) return [];
  const events = intents.map((data): NewEvent => ({ type: 'EffectIntended', data }));
  await note(town, stream, events, `intend:${first.effect}`);
  return intents.map(({ effect }) => effect);
}

async function intend(town: Town, stream: StreamId, wanted: WantedEffect): Promise<Effect> {
  const id = town.newId();
  const { kind, subject, detail } = wanted;
  const data = { effect: id, kind, subject, detail: detail };
  const result = await note(town, stream, [{ type: 'EffectIntended', data }], `intend:${id}`);
  const effect = effectOf(result, kind, subject);
  if (effect === null)
    throw new Error(`The intent ${id} of ${kind} for ${subject} did not reach the ledger.`);
  return effect;
}

async function perform(
  town: Town,
  stream: StreamId,
  wanted: WantedEffect,
  effect: Effect,
): Promise<Json | null> {
  try {
    return await wanted.perform(effect);
  } catch (error) {
    if (!(error instanceof HubFailed)) throw error;
    if (error.outcome === 'unknown') {
      const found = await wanted.find(effect);
      if (found !== null) return found;
    }
    const { kind, subject } = wanted;
    const final = isFinal(error, wanted.mayBeForbidden ?? false);
    const { outcome } = error;
    const data = { effect: effect.id, kind, subject, reason: error.message, final, outcome };
    await note(town, stream, [{ type: 'EffectFailed', data }], `failed:${effect.id}:${town.newId()}`);
    if (final) return null;
    if (outcome === 'refused' || findAgain[kind].by !== 'marker') throw error;
    throw tooEarly(kind, town.clock().getTime() + town.lostCreateMs, error);
  }
}

async function note(town: Town, stream: StreamId, events: readonly NewEvent[], key: string): Promise<Convoy> {
  const result = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: 'mirror',
    key,
    decide: (state) =>
      state === null ? refuse(refusal('convoy-unknown', `${stream} is unknown.`)) : accept(...events),
  });
  if (result.state === null) throw new Error(`${stream} has no convoy.`);
  return result.state;
}
