import { expect, test } from 'vitest';
import { issueNumberOf } from '../../../domain/convoy/mirror-receipts.ts';
import { close, convoyScript } from '../../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../../testing/town-under-test/town-under-test.ts';
import { townWithPullRequest } from '../../../testing/town-under-test/town-with-pull-request.ts';
import { HubFailed, type Hubs } from '../../ports/hub.ts';

const weakens = [
  { calls: [{ name: 'write_file', arguments: { path: 'verify.sh', content: 'true\n' } }] },
  close(1),
];
const checked = { files: { 'verify.sh': 'exit 0\n' }, settings: { verify: 'sh verify.sh' }, steps: weakens };

test('a branch that changes its own checks is a draft that says so, until someone approves exactly that', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest(checked);
  const { owner } = town.github;
  const shown = async () => (await owner.rest.pulls.get({ ...rig, pull_number: pull })).data;
  const before = await shown();
  const hash = town.convoy(issue).ownChecks?.hash ?? '';
  expect(before.draft).toBe(true);
  expect(before.body).toContain('- `verify.sh` is run by the verification command');
  expect(before.body).toContain(`comments \`/approve ${hash}\``);

  const eve = await town.github.someone('eve', 'read');
  await eve.rest.issues.createComment({ ...rig, issue_number: pull, body: `/approve ${hash}` });
  await owner.rest.issues.createComment({ ...rig, issue_number: pull, body: '/approve 0123456789abcdef' });
  await town.quiet();
  expect((await shown()).draft).toBe(true);

  await owner.rest.issues.createComment({ ...rig, issue_number: pull, body: `/approve ${hash}` });
  await town.until(issue, (now) => now.pullRequest?.shownAs === 'ready');
  await town.quiet();
  const after = await shown();
  expect(after.draft).toBe(false);
  expect(after.title).toBe('Build it');
  expect(after.body).toContain('has approved exactly this');
});

test('where the plan has no drafts, the title says the same', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest({
    ...checked,
    parts: (usual) => ({ hubs: withoutDrafts(usual.hubs) }),
  });
  const { owner } = town.github;
  const shown = async () => (await owner.rest.pulls.get({ ...rig, pull_number: pull })).data;
  expect(await shown()).toMatchObject({ draft: false, title: '[Draft, waits for /approve] Build it' });
  const hash = town.convoy(issue).ownChecks?.hash ?? '';
  await owner.rest.issues.createComment({ ...rig, issue_number: pull, body: `/approve ${hash}` });
  await town.until(issue, (now) => now.pullRequest?.shownAs === 'ready');
  await town.quiet();
  expect(await shown()).toMatchObject({ draft: false, title: 'Build it' });
});

test('a change of protected paths does not hold the rest up: a draft shows it, and the approval completes it', async () => {
  const owners = [
    { calls: [{ name: 'write_file', arguments: { path: 'CODEOWNERS', content: '* acme\n' } }] },
    close(2),
  ];
  const { parts } = convoyScript([{ title: 'Alpha' }, { title: 'Beta', steps: owners }]);
  const town = await townUnderTest({ script: { parts } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const pull_number = convoy.pullRequest?.number ?? 0;
  const shown = async () => (await town.github.owner.rest.pulls.get({ owner, repo, pull_number })).data;
  const hash = town.convoy(issue).beads.get(2)?.held?.hash ?? '';
  expect((await shown()).draft).toBe(true);
  expect((await shown()).body).toContain(`waits for \`/approve ${hash}\`, because it changes CODEOWNERS`);
  const bead = issueNumberOf(town.convoy(issue), 2) ?? 0;
  const { data: shownBead } = await town.github.owner.rest.issues.get({ owner, repo, issue_number: bead });
  expect(shownBead.body).toContain(`commenting \`/approve ${hash}\``);
  expect(shownBead.body).toContain('+* acme');
  await town.github.owner.rest.issues.createComment({
    owner,
    repo,
    issue_number: issue,
    body: `/approve ${hash}`,
  });
  await town.until(issue, (now) => now.pullRequest?.shownAs === 'ready' && now.pullRequest.sha === now.head);
  await town.quiet();
  expect((await shown()).draft).toBe(false);
  const { data } = await town.github.owner.rest.pulls.listFiles({ owner, repo, pull_number });
  expect(data.map(({ filename }) => filename)).toContain('CODEOWNERS');
});

/** GitHub's answer where a plan has no draft pull requests: 422, on creation as on conversion. */
function withoutDrafts(hubs: Hubs): Hubs {
  return {
    ...hubs,
    open: async (rig) => {
      const hub = await hubs.open(rig);
      return {
        ...hub,
        createPullRequest: async (request) => {
          if (!request.draft) return hub.createPullRequest(request);
          const facts = {
            operation: 'pulls/create',
            status: 422,
            outcome: 'refused',
            retryAt: null,
          } as const;
          throw new HubFailed({ ...facts, message: 'Draft pull requests are not supported' });
        },
        setDraft: async () => 'refused',
      };
    },
  };
}
