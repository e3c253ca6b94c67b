import { ProbotOctokit } from 'probot';

/**
 * Probot's client without its own throttling, which paces clients one by one, knows nothing of what is urgent, and gives up
 * at a secondary limit: see `pace/`. Only the function form of `defaults` reaches that plugin.
 */
export const unthrottled: typeof ProbotOctokit = ProbotOctokit.defaults(
  (defaults: { throttle?: object }) => ({
    ...defaults,
    throttle: { ...defaults.throttle, enabled: false },
  }),
);
