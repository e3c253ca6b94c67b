import { appWorkflowFile } from './app-workflow-file.ts';
import { configFile } from './config-file.ts';
import { issueForm } from './issue-form.ts';
import { workflowFile } from './workflow-file.ts';

export interface PlannedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

export interface InitPlan {
  /** `owner/repository@ref` of the published action. */
  readonly uses: string;
  /** The town is an App that only has its beads worked on Actions. */
  readonly app: boolean;
  readonly appToken: boolean;
  /** Names of the workflows that the rig has already. */
  readonly ownWorkflows: readonly string[];
}

export const workflowPath = '.github/workflows/gas-town.yml';

/** What `gastown init` writes into a rig. */
export function plannedFiles(plan: InitPlan): readonly PlannedFile[] {
  return [
    { path: workflowPath, text: plan.app ? appWorkflowFile(plan) : workflowFile(plan) },
    { path: '.github/gas-town.yml', text: configFile(plan) },
    { path: '.github/ISSUE_TEMPLATE/gas-town.yml', text: issueForm },
  ];
}
