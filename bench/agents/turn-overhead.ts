import { fileURLToPath } from 'node:url';
import { chatBody } from '../../src/adapters/openai/request-body.ts';
import { describeTools } from '../../src/agent/describe-tools.ts';
import { loadRoles } from '../../src/agent/load-roles.ts';
import type { Workspace } from '../../src/agent/ports/workspace.ts';
import { createAnalyzeTool } from '../../src/agent/tools/analyze-tool.ts';
import { workspaceTools } from '../../src/agent/tools/workspace-tools.ts';
import type { Bead } from '../../src/domain/bead/bead.ts';
import { convoyFold } from '../../src/domain/convoy/evolve.ts';
import { smallConvoy } from '../../src/testing/events/small-convoy.ts';
import { polecatBriefing } from '../../src/town/polecat/polecat-briefing.ts';
import { beadTool } from '../../src/town/tools/bead-tool.ts';
import type { ConvoyDesk } from '../../src/town/tools/convoy-desk.ts';
import { rememberTool } from '../../src/town/tools/remember-tool.ts';
import { absolute, type Row } from '../row.ts';

const rolesFolder = fileURLToPath(new URL('../../roles', import.meta.url));

/**
 * What a polecat's request holds besides its task: bytes / 4 of the system text, of the tools' schemas, and of the frame that
 * the town puts around the bead's own words. Nothing is sent: these are the bytes that would be.
 */
export async function turnOverhead(): Promise<readonly Row[]> {
  const role = (await loadRoles({ folder: rolesFolder })).get('polecat');
  if (!role) throw new Error('There is no polecat.');
  const offered = polecatTools();
  const tools = role.tools.map((name) => {
    const tool = offered.find((one) => one.name === name);
    if (!tool) throw new Error(`The bench has no tool ${name}.`);
    return tool;
  });
  const { briefing, words } = emptyBriefing();
  const body = chatBody(
    {
      model: '',
      messages: [
        { role: 'system', content: role.system },
        { role: 'user', content: briefing },
      ],
      tools: describeTools(tools),
    },
    new Set(),
  );
  const total = tokens(body) - Math.ceil(words / 4);
  const system = tokens(body.messages[0]);
  const schemas = tokens(body.tools);
  const part = (name: string, value: number, target: number) =>
    absolute('agents', { name, value, unit: 'tokens', target, better: 'lower' });
  return [
    part('overhead-tokens', total, 2_500),
    part('overhead-tokens-system', system, 1_250),
    part('overhead-tokens-tools', schemas, 1_000),
    part('overhead-tokens-wrapping', total - system - schemas, 250),
  ];
}

const tokens = (value: unknown): number => Math.ceil(Buffer.byteLength(JSON.stringify(value)) / 4);

/** The briefing of a bead, and how many bytes of it are the bead's and the order's own words. */
function emptyBriefing(): { readonly briefing: string; readonly words: number } {
  const convoy = smallConvoy
    .filter((event) => event.stream.startsWith('convoy/'))
    .reduce(convoyFold.evolve, convoyFold.initial('convoy/7/1'));
  const bead: Bead | undefined = convoy?.beads.values().next().value;
  if (!convoy || !bead) throw new Error('The small convoy has no bead.');
  const briefing = polecatBriefing(convoy, bead, 'Run make.', '0123abcd');
  const own = [bead.title, bead.description, bead.acceptance, convoy.opened.title, 'Run make.'];
  return { briefing, words: own.join('').length };
}

/** The tools of a polecat as their schemas go: nothing of this is ever run. */
function polecatTools() {
  const never = async (): Promise<never> => {
    throw new Error('The bench runs no tool.');
  };
  const workspace: Workspace = { exec: never, readFile: never, writeFile: never };
  const desk: ConvoyDesk = {
    stream: 'convoy/7/1',
    actor: 'polecat',
    convoy: () => {
      throw new Error('The bench runs no tool.');
    },
    decide: never,
  };
  return [
    ...workspaceTools(workspace),
    beadTool(desk, 'polecat', never),
    rememberTool(desk, 1),
    createAnalyzeTool({ runAnalyst: never }),
  ];
}
