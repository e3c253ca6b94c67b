import type { Fold, NewEventOf, StreamId } from '../../domain/event.ts';

/** Events of a convoy in shapes that the domain's schemas take, for tests of the ledger alone. */
export const convoyOne: StreamId = 'convoy/1/12';

export const oid = 'a'.repeat(40);

export function convoyOpened(issue = 12): NewEventOf<'ConvoyOpened'> {
  return {
    type: 'ConvoyOpened',
    data: {
      repository: { id: 1, owner: 'octo', name: 'rig' },
      issue,
      kind: 'convoy',
      title: 'A calculator',
      body: 'It adds.',
      textHash: 'f'.repeat(64),
      labelledBy: 'octocat',
      base: { branch: 'main', commit: oid },
      settings: {
        image: 'gas-town-rig',
        limits: { memoryBytes: 1_073_741_824, cpus: 1, processes: 256 },
        network: 'none',
        polecats: 2,
        setup: [],
        verify: null,
        verifyTimeoutMs: 60_000,
        attempts: 3,
        budgetUsd: null,
      },
    },
  };
}

export function beadCreated(bead: number, needs: number[] = []): NewEventOf<'BeadCreated'> {
  const texts = { title: `Bead ${bead}`, description: 'What to do', acceptance: 'How it shows' };
  return { type: 'BeadCreated', data: { bead, ...texts, needs } };
}

export function beadNoted(bead: number, note: string): NewEventOf<'BeadNoted'> {
  return { type: 'BeadNoted', data: { bead, note } };
}

/** How many events a stream has, and its notes. */
export const countFold: Fold<{ readonly events: number; readonly notes: readonly string[] }> = {
  name: 'count',
  version: 1,
  initial: () => ({ events: 0, notes: [] }),
  evolve: (state, event) => ({
    events: state.events + 1,
    notes: event.type === 'BeadNoted' ? [...state.notes, event.data.note] : state.notes,
  }),
};

export const clock = (): Date => new Date('2026-01-02T03:04:05.678Z');
export const provenance = { actor: 'mayor', cause: 'delivery-1' } as const;
