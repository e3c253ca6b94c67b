import type { Role } from '../../agent/role.ts';
import type { Tool } from '../../agent/tool.ts';

/** A role file names a tool that the town has not. */
export class UnknownTool extends Error {
  override readonly name = 'UnknownTool';
  readonly role: string;
  readonly tool: string;
  constructor(role: string, tool: string, known: readonly string[]) {
    super(
      `The role ${role} names a tool that there is not: ${tool}. A ${role} can have: ${known.join(', ')}.`,
    );
    this.role = role;
    this.tool = tool;
  }
}

/** The tools that a role's file names, out of those that its place in the town offers, in the file's order. */
export function toolsOfRole(role: Role, offered: readonly Tool[]): readonly Tool[] {
  return role.tools.map((name) => {
    const tool = offered.find((one) => one.name === name);
    if (tool) return tool;
    throw new UnknownTool(
      role.name,
      name,
      offered.map((one) => one.name),
    );
  });
}
