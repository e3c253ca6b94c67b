import type { FoldedEventOf } from '../event.ts';
import type { Drafts } from './drafts.ts';
import type { Effect } from './state.ts';

type EffectEvent = FoldedEventOf<'EffectIntended' | 'EffectConfirmed' | 'EffectFailed'>;

/** The list of effects after one more event about them. */
export function evolveEffects(
  effects: readonly Effect[],
  event: EffectEvent,
  drafts: Drafts,
): readonly Effect[] {
  const draft = drafts.list(effects);
  if (event.type === 'EffectIntended') {
    const { effect, kind, subject, detail } = event.data;
    const intended: Effect = {
      id: effect,
      kind,
      subject,
      detail,
      status: 'intended',
      receipt: null,
      intendedAt: event.at,
      failedAt: null,
      refused: false,
      doubtful: false,
    };
    draft.push(intended);
    return draft;
  }
  // An effect is intended once; what is answered is mostly the newest.
  const index = draft.findLastIndex(({ id }) => id === event.data.effect);
  const answered = draft[index];
  if (answered !== undefined) draft[index] = settle(answered, event);
  return draft;
}

function settle(effect: Effect, event: FoldedEventOf<'EffectConfirmed' | 'EffectFailed'>): Effect {
  if (event.type === 'EffectConfirmed')
    return { ...effect, status: 'confirmed', receipt: event.data.receipt };
  const refused = event.data.outcome === 'refused';
  const doubtful = effect.doubtful || !refused;
  const status = event.data.final ? 'failed' : effect.status;
  return { ...effect, status, failedAt: event.at, refused, doubtful };
}
