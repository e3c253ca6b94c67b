import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { LocalGitHub } from './local-github.ts';

const titleLengthMax = 120;

/** The issue that a task becomes: its first line, cut to a title, and the whole as its body. */
function taskIssue(task: string): { readonly title: string; readonly body: string } {
  const line = task.trim().split('\n')[0] ?? '';
  const title = line.length > titleLengthMax ? `${line.slice(0, titleLengthMax - 1)}…` : line;
  return { title, body: title === task.trim() ? '' : task.trim() };
}

/**
 * Opens an issue for the task and labels it `convoy`, as a person would; takes up the one that an earlier run with the
 * same task left unfinished, or whose pull request it opened without bringing the result into the workspace. The label is set anew where no convoy came of it, so that a lost webhook is made good.
 */
export async function orderTask(
  github: LocalGitHub,
  ledger: Ledger,
  task: string,
  isDelivered: (convoy: Convoy) => Promise<boolean> = async () => true,
): Promise<StreamId> {
  const { overseer, repository } = github;
  const at = { owner: repository.owner, repo: repository.name };
  const { title, body } = taskIssue(task);
  const { data: open } = await overseer.rest.issues.listForRepo({ ...at, state: 'open', per_page: 100 });
  const same = open.filter((one) => !one.pull_request && one.title === title && (one.body ?? '') === body);
  const unfinished = await firstOf(same, async (one) => {
    const { state } = ledger.load(convoyStream(repository.id, one.number), convoyFold);
    if (state === null) return true;
    return state.ended === null && (state.pullRequest === null || !(await isDelivered(state)));
  });
  const issue = unfinished ?? (await overseer.rest.issues.create({ ...at, title, body })).data;
  const stream = convoyStream(repository.id, issue.number);
  if (ledger.load(stream, convoyFold).state === null) {
    const issue_number = issue.number;
    if (unfinished && hasLabel(unfinished.labels)) {
      await overseer.rest.issues.removeLabel({ ...at, issue_number, name: 'convoy' });
    }
    await overseer.rest.issues.addLabels({ ...at, issue_number, labels: ['convoy'] });
  }
  return stream;
}

async function firstOf<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of all) if (await is(one)) return one;
  return undefined;
}

function hasLabel(labels: readonly (string | { name?: string })[]): boolean {
  return labels.some((label) => (typeof label === 'string' ? label : label.name) === 'convoy');
}
