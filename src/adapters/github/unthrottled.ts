import { ProbotOctokit } from 'probot';

/** The version of the REST API that the town was written for; without the header GitHub takes one that it ends some day. */
const apiVersion = '2022-11-28';

function namesVersion({ hook }: Pick<ProbotOctokit, 'hook'>): void {
  hook.before('request', (options) => {
    options.headers['x-github-api-version'] = apiVersion;
  });
}

/**
 * Probot's client without its own throttling, which paces clients one by one, knows nothing of what is urgent, and gives up
 * at a secondary limit: see `pace/`. Only the function form of `defaults` reaches that plugin.
 */
export const unthrottled: typeof ProbotOctokit = ProbotOctokit.plugin(namesVersion).defaults(
  (defaults: { throttle?: object }) => ({
    ...defaults,
    throttle: { ...defaults.throttle, enabled: false },
  }),
);
