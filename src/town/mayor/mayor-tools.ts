import type { Tool } from '../../agent/tool.ts';
import { treeTools } from '../../agent/tools/workspace-tools.ts';
import { spawnCrewTool } from '../crew/spawn-crew-tool.ts';
import { analyzeTool } from '../session/analyze.ts';
import { commitTreeReader } from '../session/commit-tree-reader.ts';
import { beadTool } from '../tools/bead-tool.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import { rememberTool } from '../tools/remember-tool.ts';
import type { Town } from '../town.ts';
import { spawnWitnessTool } from '../witness/spawn-witness-tool.ts';
import { awaitBeadsTool } from './await-beads-tool.ts';
import { slingTool } from './sling-tool.ts';
import { spawnRefineryTool } from './spawn-refinery-tool.ts';
import { verifyWithTool } from './verify-with-tool.ts';

/** What the Mayor can do: order work and look at it. Nothing here writes a file. */
export async function mayorTools(town: Town, desk: ConvoyDesk): Promise<readonly Tool[]> {
  const store = await town.git.open(desk.convoy().opened.repository.id);
  const looking = treeTools(commitTreeReader(store, () => desk.convoy().head));
  return [
    ...looking,
    beadTool(desk, 'mayor'),
    slingTool(desk),
    awaitBeadsTool(town, desk),
    rememberTool(desk, null),
    analyzeTool(town, desk, looking),
    spawnWitnessTool(town, desk),
    spawnRefineryTool(desk),
    spawnCrewTool(town, desk),
    verifyWithTool(desk),
  ];
}
