import { expect, test } from 'vitest';
import { close } from '../../../testing/town/convoy-script.ts';
import { townWithPullRequest } from '../../../testing/town-under-test/town-with-pull-request.ts';

test('a workflow that a bead changes is a patch in the text, and a GitHub that refuses it gets none of it', async () => {
  const path = '.github/workflows/ci.yml';
  const write = (at: string, content: string) => ({
    calls: [{ name: 'write_file', arguments: { path: at, content } }],
  });
  const { town, issue, pull, rig } = await townWithPullRequest({
    steps: [write(path, 'on: push\n'), write('made-1.txt', 'made\n'), close(1)],
  });
  const { data } = await town.github.owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect(data.draft).toBe(false);
  expect(data.head.sha).toBe(town.convoy(issue).head);
  expect(data.body).toContain('### Changes to workflows, for you to apply');
  expect(data.body).toContain(`+++ b/${path}\n@@ -0,0 +1 @@\n+on: push`);
  const files = await town.github.owner.rest.pulls.listFiles({ ...rig, pull_number: pull });
  expect(files.data.map(({ filename }) => filename)).toEqual(['made-1.txt']);
  expect(town.troubles).toEqual([]);
});
