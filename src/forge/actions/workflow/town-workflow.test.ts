import { expect, test } from 'vitest';
import { appWorkflowFile } from '../../../entry/init/app-workflow-file.ts';
import { workflowFile } from '../../../entry/init/workflow-file.ts';
import { parseWorkflow } from './parse-workflow.ts';

test.each([
  ['with no server', workflowFile({ uses: 'acme/gas-town@v1', appToken: false, ownWorkflows: ['CI'] })],
  [
    'with no server and an App token',
    workflowFile({ uses: 'acme/gas-town@v1', appToken: true, ownWorkflows: [] }),
  ],
  ['of an App', appWorkflowFile({ uses: 'acme/gas-town@v1' })],
])('the workflow of a town %s is one that runs here', (_name, text) => {
  expect(parseWorkflow('.github/workflows/gas-town.yml', text)).toMatchObject({ kind: 'workflow' });
});
