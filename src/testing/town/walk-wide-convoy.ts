import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { beadIssueOf } from '../../domain/convoy/mirror-receipts.ts';
import { closed, landed, leased } from '../convoy/convoy-events.ts';
import type { TownUnderTest } from '../town-under-test/town-under-test.ts';
import { beadCount } from './wide-convoy.ts';

/**
 * The Mayor makes all beads by way of its tools; the landing of all but the last is told wave by wave, as polecats and
 * Refinery would.
 */
export async function walkWideConvoy(town: TownUnderTest, issue: number): Promise<void> {
  const stream = convoyStream(town.github.repository.id, issue);
  const tell = async (...events: Parameters<TownUnderTest['ledger']['append']>[0]['events']) => {
    await town.ledger.append({ stream, expected: 'must-exist', events, actor: 'test', cause: 'test' });
  };
  await town.label(issue, 'convoy');
  await town.until(issue, () => true);
  await tell({ type: 'ConvoyPaused', data: { by: 'test' } });
  await town.until(
    issue,
    (now) => now.beads.size === beadCount && [...now.beads.values()].every((one) => one.slung),
  );
  for (let bead = 1; bead < beadCount; bead += 1) {
    const at = bead;
    await town.until(issue, (now) => now.beads.get(at)?.status !== 'in_progress');
    await tell(leased(bead), closed(bead), landed(bead));
  }
  await town.until(issue, (now) => [...now.beads.keys()].every((bead) => beadIssueOf(now, bead) !== null));
}

/** The issues, links and comments as a person finds them. */
export async function seenOnGitHub(town: TownUnderTest, issue: number) {
  const { owner, repo } = town.github.repository;
  const { rest } = town.github.owner;
  const at = { owner, repo, issue_number: issue };
  const { data: children } = await rest.issues.listSubIssues({ ...at, per_page: 100 });
  const links: string[] = [];
  for (const { number, title } of children) {
    const request = { owner, repo, issue_number: number };
    const { data: blockers } = await rest.issues.listDependenciesBlockedBy(request);
    for (const blocker of blockers) links.push(`${title} needs ${blocker.title}`);
  }
  const all = (await rest.issues.listForRepo({ owner, repo, state: 'open', per_page: 100 })).data;
  const { data: comments } = await rest.issues.listComments({ ...at, per_page: 100 });
  return {
    titles: children.map(({ title }) => title).toSorted(),
    landed: children.filter(({ body }) => body?.includes('landed as')).length,
    links: links.toSorted(),
    comments: comments.map(({ body }) => body ?? ''),
    issues: all.length,
  };
}
