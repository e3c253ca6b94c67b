import { RequestError } from '@octokit/request-error';
import { Octokit } from '@octokit/rest';

/** The labels that the town listens for or sets, with GitHub's colour (hex) and what people read beside them. */
export const townLabels = [
  { name: 'convoy', color: '1d76db', description: 'Gas Town: plan this issue and work it as a convoy' },
  { name: 'polecat', color: '5319e7', description: 'Gas Town: work this issue as one bead' },
  { name: 'bead', color: 'c5def5', description: 'Gas Town: a part of a convoy' },
] as const;

export interface LabelPlace {
  /** REST root. */
  readonly baseUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly name: string;
}

/** Creates the labels that a repository has not; gives the names of those. Rejects with Octokit's `RequestError`. */
export async function createLabels(place: LabelPlace): Promise<readonly string[]> {
  const { rest } = new Octokit({ baseUrl: place.baseUrl, auth: place.token });
  const created: string[] = [];
  for (const label of townLabels) {
    try {
      await rest.issues.createLabel({ owner: place.owner, repo: place.name, ...label });
      created.push(label.name);
    } catch (error) {
      // 422: there is one of that name, in whatever letters.
      if (!(error instanceof RequestError) || error.status !== 422) throw error;
    }
  }
  return created;
}
