import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { expect, test } from 'vitest';
import { rigImage, testEngine } from '../../testing/engine.ts';
import { buildRootImage } from '../testing/build-root-image.ts';
import { forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';
import { containerRunner, jobLabel } from './jobs/container-runner.ts';
import type { RunAction } from './options.ts';

const here = { owner, repo };
const image = 'forge-container-job-test:latest';

/** What the action does in its container: it comments on the issue of its event, and gives an output. */
const program = `
import json, os, urllib.request
event = json.load(open(os.environ["GITHUB_EVENT_PATH"]))
url = event["issue"]["comments_url"]
headers = {"authorization": "Bearer " + os.environ["GITHUB_TOKEN"]}
body = json.dumps({"body": "From " + os.environ["GITHUB_JOB"]}).encode()
print(urllib.request.urlopen(urllib.request.Request(url, body, headers)).status)
`;

const workflow = `on: { issues: { types: [labeled] } }
permissions: {}
jobs:
  one: { runs-on: x, permissions: { issues: write }, steps: [{ uses: acme/commenter@v1 }] }
  two: { needs: one, runs-on: x, permissions: { issues: write }, steps: [{ uses: acme/commenter@v1 }] }
`;

test('jobs in containers of their own take the event and write to the forge with their token', async () => {
  const engine = await testEngine();
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-action-'));
  const metadata = {
    name: 'Commenter',
    inputs: { token: { default: `\${{ github.token }}` } },
    runs: {
      using: 'docker',
      image: 'Dockerfile',
      args: [program],
      env: { GITHUB_TOKEN: `\${{ inputs.token }}` },
    },
  };
  await writeFile(path.join(folder, 'action.yml'), JSON.stringify(metadata));
  const docker = new Docker(engine);
  await buildRootImage(docker, image, rigImage, ['python3', '-c']);
  const socketPath = 'socketPath' in engine ? engine.socketPath : '';
  const runner = containerRunner({ engine, socketPath, imageOf: async () => image });
  const own = new Set<string>();
  const runAction: RunAction = (call) => {
    own.add(call.files);
    return runner(call);
  };
  const under = await forgeUnderTest({ actions: { actions: { 'acme/commenter': folder }, runAction } });
  const user = under.as(under.forge.userToken);
  const content = Buffer.from(workflow).toString('base64');
  const file = { ...here, path: '.github/workflows/town.yml', message: 'x', content };
  await user.rest.repos.createOrUpdateFileContents(file);
  await user.rest.issues.create({ ...here, title: 'One', labels: ['convoy'] });
  await under.forge.runsSettled();
  const comments = (await user.rest.issues.listComments({ ...here, issue_number: 1 })).data;
  expect(comments.map((one) => `${one.user?.login}: ${one.body}`)).toEqual([
    'github-actions[bot]: From one',
    'github-actions[bot]: From two',
  ]);
  expect(await under.close()).toEqual([]);
  const left = await docker.listContainers({ all: true, filters: { label: [jobLabel] } });
  expect(left.filter((one) => own.has(one.Labels[jobLabel] ?? ''))).toEqual([]);
  await docker.getImage(image).remove({ force: true });
  await rm(folder, { recursive: true });
}, 60_000);
