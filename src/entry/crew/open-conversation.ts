import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { LocalGitHub } from '../run/local-github.ts';

const titleOf = (name: string): string => `Crew: ${name}`;

/** The issue on which a crew member is talked with: the one that is open, or a new one that is labelled `crew`. */
export async function openConversation(
  github: LocalGitHub,
  ledger: Ledger,
  name: string,
): Promise<{ readonly stream: StreamId; readonly issue: number }> {
  const { overseer, repository } = github;
  const at = { owner: repository.owner, repo: repository.name };
  const { data: open } = await overseer.rest.issues.listForRepo({ ...at, state: 'open', per_page: 100 });
  const known = open.find((one) => {
    if (one.pull_request || one.title !== titleOf(name)) return false;
    const { state } = ledger.load(convoyStream(repository.id, one.number), convoyFold);
    return state === null || state.ended === null;
  });
  const issue =
    known?.number ?? (await overseer.rest.issues.create({ ...at, title: titleOf(name) })).data.number;
  const stream = convoyStream(repository.id, issue);
  if (ledger.load(stream, convoyFold).state !== null) return { stream, issue };
  const opened = Promise.withResolvers<void>();
  const subscription = ledger.subscribe({
    after: 'now',
    handle: (event) => {
      if (event.stream === stream && event.type === 'ConvoyOpened') opened.resolve();
    },
    onError: () => null,
  });
  try {
    await overseer.rest.issues.setLabels({ ...at, issue_number: issue, labels: ['crew'] });
    await opened.promise;
  } finally {
    await subscription.close();
  }
  return { stream, issue };
}
