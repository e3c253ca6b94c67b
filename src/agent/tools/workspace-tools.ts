import type { TreeReader } from '../ports/tree-reader.ts';
import type { Workspace } from '../ports/workspace.ts';
import type { Tool } from '../tool.ts';
import { listFilesTool } from './list-files-tool.ts';
import { patchFileTool } from './patch-file-tool.ts';
import { PathLock } from './path-lock.ts';
import { readFileTool } from './read-file-tool.ts';
import { runNodeTool } from './run-node-tool.ts';
import { runPythonTool } from './run-python-tool.ts';
import { searchFilesTool } from './search-files-tool.ts';
import { shellTool } from './shell-tool.ts';
import { workspaceTree } from './workspace-tree.ts';
import { writeFileTool } from './write-file-tool.ts';

/** All that an agent can do in a workspace of its own. */
export function workspaceTools(workspace: Workspace): Tool[] {
  const lock = new PathLock();
  return [
    ...treeTools(workspaceTree(workspace)),
    writeFileTool(workspace, lock),
    patchFileTool(workspace, lock),
    shellTool(workspace),
    runPythonTool(workspace),
    runNodeTool(workspace),
  ];
}

/** All that an agent can do with files that it may only look at. */
export function treeTools(tree: TreeReader): Tool[] {
  return [readFileTool(tree), listFilesTool(tree), searchFilesTool(tree)];
}
