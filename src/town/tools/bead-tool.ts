import { z } from 'zod';
import {
  answer,
  defineTool,
  failure,
  type Tool,
  type ToolContext,
  type ToolOutcome,
} from '../../agent/tool.ts';
import { type BeadAction, beadActions } from '../../domain/bead/bead-actions.ts';
import { changeNeeds } from '../../domain/convoy/decisions/change-needs.ts';
import { createBead } from '../../domain/convoy/decisions/create-bead.ts';
import { editBead } from '../../domain/convoy/decisions/edit-bead.ts';
import { noteBead } from '../../domain/convoy/decisions/note-bead.ts';
import type { RoleName } from '../../domain/session/events.ts';
import { beadList } from './bead-list.ts';
import type { ConvoyDesk } from './convoy-desk.ts';

const parameters = z.object({
  action: z.enum(['list', 'create', 'update', 'close', 'note']),
  id: z.int().positive().optional().describe('bead number'),
  title: z.string().optional(),
  description: z.string().optional().describe('what to do and what to know'),
  acceptance: z.string().optional().describe('how one sees that it is done'),
  needs: z.array(z.int().positive()).optional().describe('beads that must land first'),
  notes: z.string().optional(),
});
type Arguments = z.output<typeof parameters>;

/** How a role closes its bead; absent for roles that have none. */
export type CloseBead = (bead: number, context: ToolContext) => Promise<ToolOutcome>;

/** The bead store as an agent sees it: one tool for all roles, with the actions that the role may take. */
export function beadTool(desk: ConvoyDesk, role: RoleName, close?: CloseBead): Tool {
  const allowed = beadActions[role];
  return defineTool({
    name: 'bead',
    description: `The convoy's beads. Actions: ${allowed.join(', ')}.`,
    parameters,
    // What a polecat leaves is taken as it closes: nothing of the same reply may still be running then.
    runsLast: (args) => args.action === 'close',
    run: async (args, context) => {
      if (!allowed.includes(args.action)) return failure(`A ${role} may not ${args.action} beads.`);
      return actions[args.action](desk, args, context, close);
    },
  });
}

type Action = (
  desk: ConvoyDesk,
  args: Arguments,
  context: ToolContext,
  close?: CloseBead,
) => Promise<ToolOutcome>;

const idMissing = failure('Say which bead: id is missing.');

const actions: Readonly<Record<BeadAction, Action>> = {
  list: async (desk) => answer(beadList(desk.convoy())),
  create: async (desk, args) => {
    const { title = '', description = '', acceptance = '', needs = [] } = args;
    const result = await desk.decide((state) => createBead(state, { title, description, acceptance, needs }));
    if (result.status === 'refused') return failure(result.refusal.text);
    const created = result.events.find((event) => event.type === 'BeadCreated');
    return answer(`Created bead ${created?.data.bead}: ${title}`);
  },
  update: async (desk, args) => {
    const { id: bead, title, description, acceptance, needs } = args;
    if (bead === undefined) return idMissing;
    if (title !== undefined || description !== undefined || acceptance !== undefined) {
      const edit = { bead, title, description, acceptance };
      const edited = await desk.decide((state) => editBead(state, edit));
      if (edited.status === 'refused') return failure(edited.refusal.text);
    }
    if (needs !== undefined) {
      const changed = await desk.decide((state) => changeNeeds(state, { bead, needs }));
      if (changed.status === 'refused') return failure(changed.refusal.text);
    }
    return answer(`Updated bead ${bead}.`);
  },
  note: async (desk, args) => {
    const { id: bead, notes: text = '' } = args;
    if (bead === undefined) return idMissing;
    const noted = await desk.decide((state) => noteBead(state, { bead, text }), { soon: true });
    return noted.status === 'refused' ? failure(noted.refusal.text) : answer(`Noted on bead ${bead}.`);
  },
  close: async (_desk, args, context, close) => {
    if (args.id === undefined) return idMissing;
    return close ? close(args.id, context) : failure('You hold no bead to close.');
  },
};
