import { RequestError } from '@octokit/request-error';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { issueNumberOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Say } from '../../faces/web/dashboard-parts.ts';
import { asConvoyStream } from '../../faces/web/paths.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { quietOctokit } from '../quiet-octokit.ts';

/** Says it as a comment in the reader's own name: GitHub decides whether they may, and the gate whether it is obeyed. */
export function sayOnGitHub(ledger: Ledger, api: string): Say {
  return async ({ stream, bead }, words, by) => {
    if (by === null) return { status: 'refused', reason: 'It takes a login with GitHub.' };
    const known = asConvoyStream(stream);
    const convoy = known === null ? null : ledger.load(known, convoyFold).state;
    const issue = convoy && (bead === null ? convoy.opened.issue : issueNumberOf(convoy, bead));
    if (!convoy || !issue) return { status: 'refused', reason: 'There is no issue to say it on yet.' };
    const { owner, name: repo } = convoy.opened.repository;
    try {
      const octokit = quietOctokit(api, by.token);
      await octokit.rest.issues.createComment({ owner, repo, issue_number: issue, body: words });
      return { status: 'said' };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return { status: 'refused', reason: `GitHub did not take the comment (status ${error.status}).` };
    }
  };
}
