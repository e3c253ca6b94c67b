import { mutations } from '../graphql/graph-mutations.ts';
import { queries } from '../graphql/graph-queries.ts';
import { allEvents } from '../load-identity.ts';
import { operations } from '../routes/operations.ts';
import type { Operation } from '../server/operation.ts';
import { knownDifferences } from './known-differences.ts';

const callers: Readonly<Record<Operation['caller'], string>> = {
  anyone: 'anyone',
  app: 'App JWT',
  installation: 'installation token',
  user: "user's token",
  token: 'any token',
  repository: '',
};

/** The text of docs/forge.md, made from the tables that the forge itself runs on. */
export function renderForgeDocs(): string {
  return [
    introduction,
    '## Operations',
    `The ${operations.length} operations below are served under \`/api/v3\`; anything else answers 501 with a sentence. "App" is what an installation token needs, "user" the least role a user needs in the repository. Reading a public repository needs neither.`,
    ['| operation | method and path | App | user |', '|---|---|---|---|', ...rows()].join('\n'),
    '## GraphQL',
    `At \`/api/graphql\`, for what REST lacks: ${[...Object.keys(queries), ...Object.keys(mutations)].map((name) => `\`${name}\``).join(', ')}. \`createIssue\` takes \`parentIssueId\`; \`deleteIssue\` and \`transferIssue\` send the events that REST can't cause.`,
    '## Webhooks',
    `Signed with HMAC-SHA256 (\`X-Hub-Signature-256\`) and sent for: ${allEvents.map((name) => `\`${name}\``).join(', ')}, and \`ping\` and \`installation\` for the App itself.`,
    '## Git',
    'Smart HTTP at `/OWNER/REPO.git`, served by git itself: protocol versions 0, 1 and 2, shallow and partial clones, fetching by commit id, push options, chunked and atomic pushes, `--force-with-lease`. The password is any token; an App needs `contents`. Pull requests are kept under `refs/pull/N/head`, which nobody can push to.',
    '## Pages',
    "The same addresses as GitHub's show issues, pull requests with their diffs, checks and reviews, commits and webhook deliveries. Reading public repositories needs nothing; commenting, labelling, closing, reviewing and merging need a session, opened by a link that works once and that the terminal prints. What is done there is done by the repository's owner, or by the user that is chosen at the top, with that user's rights.",
    'An App learns who a person is by the web flow, with state and PKCE: `/login/oauth/authorize` shows who asks and waits for a click in such a session, `POST /login/oauth/access_token` gives a token of eight hours for the code.',
    "![A pull request on the forge's pages, with its review, check, commits and diff](images/forge.png)",
    '## Actions',
    'A program that starts the forge with `actions` has the workflows of its repositories run: by an event, by a dispatch or on the minute of a `schedule`. A job gets the environment, the event file, the files for outputs and the summary, and a token of the built-in Actions App, all as GitHub documents them; its runs, jobs, steps, conclusions and masked logs are in the REST API, on the pages under `/OWNER/REPO/actions`, and in `workflow_run` and `workflow_job`. What a step `uses` is a folder with an `action.yml` of a container action. `containerRunner` starts it in a fresh container with the engine’s socket, `processRunner` as a child process; `actions/create-github-app-token` is built in. Cancelling, `timeout-minutes`, concurrency groups with `queue: max` and a limit of runners work as on GitHub.',
    '## Faults and limits',
    'With an admin token, `/_forge` makes faults on demand: `POST /_forge/faults` with `{"on":"request","method","path","caller":"app|user","times","fault":{"kind":"error-before|error-after|cut-before|cut-after|delay|limit|none"}}` or `{"on":"webhook","event","action","times","fault":{"kind":"drop|duplicate|reorder|delay|wrong-signature|none"}}`, or with a list of them in the order in which they are to happen (`none` lets one pass), `POST /_forge/revoke {"token"}`, `POST /_forge/suspend {"installation","suspended"}`, and where workflows are run `POST /_forge/runners/lose {"job"}` and `POST /_forge/schedules {"at"}`. GitHub\'s primary and secondary rate limits are kept where the forge is started with `limits`, on the clock it is given.',
    '## Known differences',
    knownDifferences.map((sentence) => `- ${sentence}`).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const introduction = `# The forge

The forge is the embedded GitHub of this project: REST, signed webhooks and git over HTTP on loopback, with its state in SQLite and real bare
repositories. The command line runs on it, and the tests hold it against GitHub's own schemas. It is laid out like an Enterprise
server, and every address in an answer is of the host that was asked. This page is made from its code by \`node src/forge/docs/write-forge-docs.ts\`.`;

function rows(): string[] {
  return [...operations]
    .sort((a, b) => order(a).localeCompare(order(b)))
    .map((one) => {
      const app = one.caller === 'repository' ? one.permission : callers[one.caller];
      return `| ${one.operationId} | \`${one.method} ${one.path}\` | ${app} | ${one.level ?? ''} |`;
    });
}

function order(one: Operation): string {
  return `${one.path.replaceAll(/[{}]/g, '')} ${one.method}`;
}
