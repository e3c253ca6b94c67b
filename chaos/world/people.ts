import type { Octokit } from '@octokit/rest';
import type { RecordedEvent } from '../../src/domain/event.ts';
import type { Task } from './task.ts';
import { rig } from './world.ts';

/** Those who order, pay and merge. What breaks for the town breaks for them too: they look, and do it again where it was not done. */
export interface People {
  order(task: Task): Promise<void>;
  mergeAll(): Promise<void>;
  /** To be told of each event: a convoy that has spent all it may is given more. */
  event(event: RecordedEvent): void;
  /** What was given so far, in US dollars. */
  givenUsd(): number;
  /** Resolves when all that was begun is done. */
  idle(): Promise<void>;
}

const raiseUsd = 0.5;

export function peopleOf(owner: Octokit): People {
  let given = 0;
  const busy = new Set<Promise<void>>();
  const raise = async (issue: number, time: number): Promise<void> => {
    const body = `/budget +${raiseUsd}usd\n\nThe ${time}. time.`;
    await insist(async () => {
      const { data } = await owner.rest.issues.listComments({ ...rig, issue_number: issue, per_page: 100 });
      if (data.some((one) => one.body === body)) return true;
      await owner.rest.issues.createComment({ ...rig, issue_number: issue, body });
      return false;
    });
  };
  return {
    order: ({ title }) =>
      insist(async () => {
        const { data } = await owner.rest.issues.listForRepo({ ...rig, per_page: 100, state: 'all' });
        if (data.some((issue) => issue.title === title)) return true;
        await owner.rest.issues.create({ ...rig, title, labels: ['convoy'] });
        return false;
      }),
    mergeAll: () =>
      insist(async () => {
        const { data: pulls } = await owner.rest.pulls.list({ ...rig, state: 'open' });
        for (const { number } of pulls) await owner.rest.pulls.merge({ ...rig, pull_number: number });
        return pulls.length === 0;
      }),
    event: ({ type, stream }) => {
      if (type !== 'BudgetExhausted') return;
      given += 1;
      const raised = raise(Number(stream.split('/').at(-1)), given).finally(() => busy.delete(raised));
      busy.add(raised);
    },
    givenUsd: () => given * raiseUsd,
    idle: async () => void (await Promise.all(busy)),
  };
}

/** Does something until a look at it says that it is done, whatever is answered in between. */
async function insist(tryOnce: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      if (await tryOnce()) return;
    } catch (error) {
      if (tries === 30) throw error;
    }
  }
}
