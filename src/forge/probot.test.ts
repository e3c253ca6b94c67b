import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, Probot, ProbotOctokit } from 'probot';
import { expect, test } from 'vitest';
import { forgeUnderTest, owner, repo } from './testing/forge-under-test.ts';

test('a Probot app is woken by a label, signs in as its installation and answers on the issue', async () => {
  const under = await forgeUnderTest({ private: true });
  const { forge } = under;
  const probot = new Probot({
    appId: forge.app.id,
    privateKey: forge.app.privateKey,
    secret: forge.webhookSecret,
    baseUrl: forge.api,
    logLevel: 'fatal',
    Octokit: ProbotOctokit.defaults((given: { throttle?: object }) => ({
      ...given,
      throttle: { ...given.throttle, enabled: false },
    })),
  });
  const handled = Promise.withResolvers<void>();
  const middleware = await createNodeMiddleware(
    (app) => {
      app.on('issues.labeled', async (context) => {
        await context.octokit.rest.issues.createComment({ ...context.issue(), body: 'On it.' });
        handled.resolve();
      });
    },
    { probot, webhooksPath: '/' },
  );
  const server = http.createServer((request, response) => void middleware(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  forge.sendWebhooksTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const user = under.as(forge.userToken);
  const { number } = (await user.rest.issues.create({ owner, repo, title: 'Do it', labels: ['convoy'] }))
    .data;
  await handled.promise;
  const comments = (await user.rest.issues.listComments({ owner, repo, issue_number: number })).data;
  expect(comments.map((one) => [one.user?.login, one.body])).toEqual([['gas-town[bot]', 'On it.']]);
  expect(await under.close()).toEqual([]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
