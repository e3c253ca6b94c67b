import { ProbotOctokit } from 'probot';
import { type Clock, machineClock } from './pace/clock.ts';

/** The version of the REST API that the town was written for; without the header GitHub takes one that it ends some day. */
const apiVersion = '2022-11-28';

function namesVersion({ hook }: Pick<ProbotOctokit, 'hook'>): void {
  hook.before('request', (options) => {
    options.headers['x-github-api-version'] = apiVersion;
  });
}

/** What is not asked again at once. To 429 GitHub says how long to wait: `pace/` keeps that. */
const doNotRetry = [400, 401, 403, 404, 410, 422, 429, 451];

/**
 * Probot's client without its own throttling, which paces clients one by one, knows nothing of what is urgent, and gives up
 * at a secondary limit: see `pace/`. Only the function form of `defaults` reaches that plugin.
 */
export const unthrottled = ({ secondMs }: Clock = machineClock): typeof ProbotOctokit =>
  ProbotOctokit.plugin(namesVersion).defaults((defaults: { throttle?: object }) => ({
    ...defaults,
    throttle: { ...defaults.throttle, enabled: false },
    retry: { doNotRetry, retryAfterBaseValue: secondMs },
  }));
