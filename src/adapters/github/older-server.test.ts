import { expect, onTestFinished, test } from 'vitest';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

/** An Enterprise server from before sub-issues and dependencies: no such endpoints, and no parent in `createIssue`. */
function ageServer(): void {
  const send = globalThis.fetch;
  const answer = (status: number, body: object): Response =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  globalThis.fetch = async (url, init) => {
    const path = new URL(String(url)).pathname;
    if (/\/(sub_issues|dependencies)(\/|$)/.test(path)) return answer(404, { message: 'Not Found' });
    if (path.endsWith('/graphql') && String(init?.body).includes('parentIssueId')) {
      const code = 'argumentNotAccepted';
      const errors = [{ message: 'no such argument', path: ['mutation'], extensions: { code } }];
      return answer(200, { errors });
    }
    return send(url, init);
  };
  onTestFinished(() => {
    globalThis.fetch = send;
  });
}

test('where a server lacks sub-issues and dependencies, the text says what hangs together', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }, { title: 'Beta', needs: [1] }]),
  });
  await town.reconcile();
  ageServer();
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  await town.reconcile();
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listForRepo({ owner, repo, labels: 'bead' });
  const beta = data.find(({ title }) => title === 'Beta');
  const alpha = data.find(({ title }) => title === 'Alpha');
  expect(data).toHaveLength(2);
  expect(beta?.body).toContain(`bead 2 of #${issue}`);
  expect(beta?.body).toContain(`Needs #${alpha?.number}.`);
  expect([...convoy.beads.values()].map(({ landedAs }) => landedAs)).not.toContain(null);
  expect(town.troubles).toEqual([]);
});
