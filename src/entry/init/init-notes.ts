import type { InitPlan } from './planned-files.ts';

/** What a person has to know or do after the files are there, a sentence each. */
export function initNotes(plan: InitPlan): readonly string[] {
  const secrets = [
    'Set the secret OPENAI_API_KEY (and the variable OPENAI_BASE_URL for another endpoint than OpenAI’s), or NEBIUS_API_KEY.',
    'Set the secret GASTOWN_LEDGER_KEY to any long random text: sessions are sealed with it in the repository’s own refs. Without it a public repository keeps none, and a lost run starts its bead again.',
  ];
  if (plan.app) {
    return [
      ...secrets,
      'Give the App the same GASTOWN_LEDGER_KEY in its environment: it reads the sessions that runs seal.',
      'Let the App have the permission actions: write and the event workflow_job, as app.yml has them.',
      'Commit the files to the default branch. Then label an issue `convoy`.',
    ];
  }
  return [
    ...secrets,
    plan.appToken
      ? 'Set the variable GASTOWN_APP_ID and the secret GASTOWN_APP_PRIVATE_KEY of a GitHub App with the permissions of app.yml and actions: write, installed here. Its pull requests start CI by themselves.'
      : 'The built-in GITHUB_TOKEN can’t start CI: workflows on the pull request that it opens wait for a click of someone with write access. `gastown init --app-token` takes the token of a GitHub App of yours instead, which has no such limit.',
    plan.ownWorkflows.length === 0
      ? 'No workflow runs for a push or a pull request here. Run `gastown init` again once there is one: only then a red one is given to the town to mend.'
      : `The end of these workflows is listened to: ${plan.ownWorkflows.join(', ')}. Run \`gastown init\` again when they change.`,
    'In Settings, Actions, General: allow workflows to create pull requests.',
    'Commit the files to the default branch. Then label an issue `convoy`.',
  ];
}
