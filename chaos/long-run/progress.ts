import type { RecordedEvent, StreamId } from '../../src/domain/event.ts';

const lastOfConvoy = ['BranchesDeleted', 'ConvoyCleared'] as const;

/** How far the convoys are, told event by event: thousands of them are not gone through again for each new one. */
export interface Progress {
  take(event: RecordedEvent): void;
  /** The number of the pull request that came of the convoy of an issue, or 0. */
  pullOf(issue: number): number;
  /** Whether so many convoys have ended, and GitHub knows all that it is to know. */
  areSettled(convoys: number): boolean;
}

export function openProgress(): Progress {
  const pulls = new Map<string, number>();
  const open = new Set<string>();
  const ended = { BranchesDeleted: 0, ConvoyCleared: 0 };
  return {
    take(event) {
      if (event.type === 'PullRequestOpened') pulls.set(issueOf(event.stream), event.data.number);
      if (event.type === 'EffectIntended') open.add(event.data.effect);
      if (event.type === 'EffectConfirmed') open.delete(event.data.effect);
      if (event.type === 'EffectFailed' && event.data.final) open.delete(event.data.effect);
      for (const type of lastOfConvoy) if (event.type === type) ended[type] += 1;
    },
    pullOf: (issue) => pulls.get(String(issue)) ?? 0,
    areSettled: (convoys) => open.size === 0 && lastOfConvoy.every((type) => ended[type] === convoys),
  };
}

const issueOf = (stream: StreamId): string => stream.slice(stream.lastIndexOf('/') + 1);
