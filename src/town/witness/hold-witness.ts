import type { SessionStop } from '../../agent/session.ts';
import { treeTools } from '../../agent/tools/workspace-tools.ts';
import type { HealthVerdict } from '../../domain/patrol/events.ts';
import { analyzeTool } from '../session/analyze.ts';
import { commitTreeReader } from '../session/commit-tree-reader.ts';
import { holdSession } from '../session/hold-session.ts';
import { beadList } from '../tools/bead-list.ts';
import { beadTool } from '../tools/bead-tool.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import { reportTool } from '../tools/report-tool.ts';
import type { Town } from '../town.ts';

const verdicts = ['GREEN', 'YELLOW', 'RED'] as const satisfies readonly HealthVerdict[];

/** Runs a Witness's session over a convoy: it looks at beads and files, changes nothing, and ends with a report that is given to `take`. */
export async function holdWitness(
  town: Town,
  desk: ConvoyDesk,
  session: string,
  take: (report: { verdict: HealthVerdict; text: string }) => Promise<void>,
  signal: AbortSignal,
): Promise<SessionStop> {
  const store = await town.git.open(desk.convoy().opened.repository.id);
  const looking = treeTools(commitTreeReader(store, () => desk.convoy().head));
  const report = reportTool(verdicts, async (given) => {
    await take(given);
    return null;
  });
  const plan = {
    id: session,
    role: 'witness',
    actor: 'witness',
    convoy: desk.stream,
    bead: null,
    attempt: null,
    briefing: `Report on the health of this convoy. Its beads now:\n\n${beadList(desk.convoy())}`,
    offered: [...looking, beadTool(desk, 'witness'), analyzeTool(town, desk, looking), report],
  } as const;
  return holdSession(town, plan, signal);
}
