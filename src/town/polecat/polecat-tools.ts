import type { Tool } from '../../agent/tool.ts';
import { failure } from '../../agent/tool.ts';
import { workspaceTools } from '../../agent/tools/workspace-tools.ts';
import { analyzeTool } from '../session/analyze.ts';
import { beadTool } from '../tools/bead-tool.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import { rememberTool } from '../tools/remember-tool.ts';
import type { Town } from '../town.ts';
import { closeOwnBead, type HeldBead } from './close-own-bead.ts';
import type { WorkPlace } from './work-place.ts';

/** What a polecat can do: work in its container, speak of beads, close its own. */
export function polecatTools(
  town: Town,
  desk: ConvoyDesk,
  held: HeldBead,
  place: WorkPlace,
): readonly Tool[] {
  const close = async (bead: number) =>
    bead === held.number
      ? closeOwnBead(town, desk, held, place)
      : failure(`You hold bead ${held.number}, not bead ${bead}.`);
  const own = workspaceTools(place);
  return [
    ...own,
    beadTool(desk, 'polecat', close),
    rememberTool(desk, held.number),
    analyzeTool(town, desk, own),
  ];
}
