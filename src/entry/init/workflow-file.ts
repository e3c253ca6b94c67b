export interface WorkflowOptions {
  /** What the jobs run: `owner/repository@ref` of the published action. */
  readonly uses: string;
  /** Whether the jobs take the token of a GitHub App of the repository's owner instead of the built-in one. */
  readonly appToken: boolean;
  /** Names of the rig's own workflows: their runs on a convoy's branch are listened to. */
  readonly ownWorkflows: readonly string[];
}

const permissions = `permissions:
      contents: write
      issues: write
      pull-requests: write
      checks: write
      actions: write`;

const convoyNumber = "needs.work.outputs.convoy || inputs.issue || github.event.issue.number || 'clock'";

/**
 * `.github/workflows/gas-town.yml` of a rig that has a town with no server. The label and the command are looked for in
 * the job's `if`, which GitHub evaluates before the job's concurrency group: what is of no concern cancels nothing.
 */
export function workflowFile(options: WorkflowOptions): string {
  return `# Written by \`gastown init\`. One run for each event that concerns a convoy, and one for each of its beads.
# A run that is shown as skipped was none of its business: for some events GitHub can't be asked before it starts one.
name: Gas Town
run-name: \${{ inputs.order && format('Gas Town {0}', inputs.order) || format('Gas Town, {0}', github.event_name) }}
on:
  issues:
    types: [labeled]
  issue_comment:
    types: [created]
  pull_request:
    types: [closed]
  pull_request_review:
    types: [submitted]
  push:
    branches: ['gas-town/convoy-*']
  check_suite:
    types: [completed]
${ownRuns(options)}  schedule:
    - cron: '*/15 * * * *'
  workflow_dispatch:
    inputs:
      issue:
        description: Number of the convoy's issue
        required: true
        type: string
      bead:
        description: Number of the bead within the convoy; without one the convoy is settled
        required: false
        default: ''
        type: string
      order:
        description: Which order this run answers; the town writes it
        required: false
        default: ''
        type: string
permissions: {}
jobs:
  work:
    if: >-
      github.event_name == 'schedule' ||
      github.event_name == 'workflow_dispatch' ||
      (github.event_name == 'issues' &&
        contains(fromJSON('["convoy", "polecat"]'), github.event.label.name)) ||
      (github.event_name == 'issue_comment' &&
        contains(github.event.comment.body, '/') &&
        github.event.comment.user.type != 'Bot') ||
      (startsWith(github.event_name, 'pull_request') &&
        startsWith(github.event.pull_request.head.ref, 'gas-town/convoy-') &&
        github.event.pull_request.head.repo.full_name == github.repository) ||
      (github.event_name == 'push' && github.event.sender.type != 'Bot') ||
      (github.event_name == 'check_suite' &&
        startsWith(github.event.check_suite.head_branch, 'gas-town/convoy-')) ||
      (github.event_name == 'workflow_run' &&
        startsWith(github.event.workflow_run.head_branch, 'gas-town/convoy-') &&
        github.event.workflow_run.head_repository.full_name == github.repository)
    runs-on: ubuntu-24.04
    timeout-minutes: 350
    concurrency:
      group: gas-town-work-\${{ inputs.issue || github.event.issue.number || github.event.pull_request.number || github.event.check_suite.head_branch || github.event.workflow_run.head_branch || github.event.ref || 'clock' }}\${{ inputs.bead && format('.{0}', inputs.bead) || '' }}
      queue: max
    ${permissions}
    outputs:
      convoy: \${{ steps.town.outputs.convoy }}
    steps:
${steps(options, 'work')}
  settle:
    needs: work
    if: always() && needs.work.result != 'skipped' && github.event_name != 'schedule'
    runs-on: ubuntu-24.04
    timeout-minutes: 350
    concurrency:
      group: gas-town-settle-\${{ ${convoyNumber} }}
      queue: max
    ${permissions}
    steps:
${steps(options, 'settle')}
`;
}

/**
 * GitHub starts nothing for checks that its own Actions made, but it does for the end of a workflow that is named; that takes
 * at least one name.
 */
function ownRuns({ ownWorkflows }: WorkflowOptions): string {
  if (ownWorkflows.length === 0) return '';
  const names = ownWorkflows.map((name) => JSON.stringify(name)).join(', ');
  return `  workflow_run:
    workflows: [${names}]
    types: [completed]
    branches: ['gas-town/convoy-*']
`;
}

function steps({ uses, appToken }: WorkflowOptions, part: 'work' | 'settle'): string {
  const convoy = part === 'settle' ? `\n          convoy: \${{ needs.work.outputs.convoy }}` : '';
  return `${appToken ? appTokenStep : ''}      - id: town
        uses: ${uses}
        with:
          part: ${part}${convoy}
          github-token: \${{ ${appToken ? 'steps.app.outputs.token' : 'github.token'} }}
          openai-api-key: \${{ secrets.OPENAI_API_KEY }}
          openai-base-url: \${{ vars.OPENAI_BASE_URL }}
          nebius-api-key: \${{ secrets.NEBIUS_API_KEY }}
          models: \${{ vars.GASTOWN_MODELS }}
          ledger-key: \${{ secrets.GASTOWN_LEDGER_KEY }}`;
}

const appTokenStep = `      - id: app
        uses: actions/create-github-app-token@v2
        with:
          app-id: \${{ vars.GASTOWN_APP_ID }}
          private-key: \${{ secrets.GASTOWN_APP_PRIVATE_KEY }}
`;
