import { z } from 'zod';
import type { ToolDescription } from './ports/model.ts';
import type { Tool } from './tool.ts';

/** Tools as a model is told of them, in the given order: the same tools give the same bytes. */
export function describeTools(tools: readonly Tool[]): ToolDescription[] {
  return tools.map((tool) => ({
    name: tool.name,
    description: tool.description,
    parameters: jsonSchema(tool.parameters),
  }));
}

/** Sessions of a role have the same tools; to work out a description costs more than all else that a session begins with. */
const described = new WeakMap<z.ZodType, Record<string, unknown>>();

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const known = described.get(schema) ?? makeJsonSchema(schema);
  described.set(schema, known);
  return known;
}

function makeJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema: node }) => {
      // zod states the range of safe integers on each one: tokens that tell a model nothing.
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
    },
  });
  return rest;
}
