import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../../testing/forge-under-test.ts';
import { playedActions } from '../../testing/played-action.ts';

const here = { owner, repo };
const secrets: Record<string, string> = {};
const variables: Record<string, string> = {};
const played = playedActions({ secrets, variables });
let under: ForgeUnderTest;

const workflow = `on: { issues: { types: [opened] } }
permissions: {}
jobs:
  work:
    runs-on: x
    steps:
      - id: app
        uses: actions/create-github-app-token@v2
        with: { app-id: "\${{ vars.APP_ID }}", private-key: "\${{ secrets.APP_KEY }}" }
      - uses: acme/probe@v1
        with: { token: "\${{ steps.app.outputs.token }}" }
`;

beforeEach(async () => {
  under = await forgeUnderTest({ actions: played.options });
  variables.APP_ID = String(under.forge.app.id);
  secrets.APP_KEY = under.forge.app.privateKey;
  const content = Buffer.from(workflow).toString('base64');
  const file = { ...here, path: '.github/workflows/town.yml', message: 'x', content };
  await under.as(under.forge.userToken).rest.repos.createOrUpdateFileContents(file);
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

const open = () => under.as(under.forge.userToken).rest.issues.create({ ...here, title: 'One' });

test("a job trades the App's key for a token of the App, whose events start workflows", async () => {
  await open();
  const first = await played.next();
  const app = under.as(first.call.env.INPUT_TOKEN ?? '');
  const made = (await app.rest.issues.create({ ...here, title: 'Two' })).data;
  expect(made.performed_via_github_app?.id).toBe(under.forge.app.id);
  const second = await played.next();
  expect((await second.event()).issue).toMatchObject({ title: 'Two' });
  for (const call of [first, second]) await call.end(0);
  await under.forge.runsSettled();
});

test('another key opens nothing', async () => {
  secrets.APP_KEY = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;
  await open();
  await under.forge.runsSettled();
  const { data } = await under.as(under.forge.userToken).rest.actions.listWorkflowRunsForRepo(here);
  expect(data.workflow_runs.map((run) => run.conclusion)).toEqual(['failure']);
});
