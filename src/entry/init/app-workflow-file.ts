import type { WorkflowOptions } from './workflow-file.ts';

/**
 * `.github/workflows/gas-town.yml` of a rig whose town is an App with `runner: actions`: the App hears the events and
 * settles the convoys, and its runs do nothing but work one bead each.
 */
export function appWorkflowFile({ uses }: Pick<WorkflowOptions, 'uses'>): string {
  return `# Written by \`gastown init --app\`. The App starts one run for each bead; nothing else starts this workflow.
name: Gas Town
run-name: Gas Town \${{ inputs.order }}
on:
  workflow_dispatch:
    inputs:
      issue:
        description: Number of the convoy's issue
        required: true
        type: string
      bead:
        description: Number of the bead within the convoy
        required: true
        type: string
      order:
        description: Which order this run answers; the App writes it
        required: true
        type: string
permissions: {}
jobs:
  work:
    runs-on: ubuntu-24.04
    timeout-minutes: 350
    concurrency:
      group: gas-town-work-\${{ inputs.issue }}.\${{ inputs.bead }}
      queue: max
    permissions:
      contents: write
    steps:
      - id: town
        uses: ${uses}
        with:
          part: bead
          github-token: \${{ github.token }}
          openai-api-key: \${{ secrets.OPENAI_API_KEY }}
          openai-base-url: \${{ vars.OPENAI_BASE_URL }}
          nebius-api-key: \${{ secrets.NEBIUS_API_KEY }}
          models: \${{ vars.GASTOWN_MODELS }}
          ledger-key: \${{ secrets.GASTOWN_LEDGER_KEY }}
`;
}
