import { z } from 'zod';

/** A value that is worked out when it is needed. */
const expression = z.strictObject({ expression: z.string() });
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String), expression]);
const texts = z.record(z.string(), text);
const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** Text of a workflow file, with or without an expression in it. */
export type Text = z.infer<typeof text>;

const permissions = z.union([
  z.enum(['read-all', 'write-all']),
  z.record(z.string(), z.enum(['read', 'write', 'none'])),
]);

const concurrency = z.union([
  text.transform((group) => ({ group, queue: 'single' as const, 'cancel-in-progress': false })),
  z.strictObject({
    group: text,
    queue: z.enum(['single', 'max']).default('single'),
    'cancel-in-progress': z.boolean().default(false),
  }),
]);
export type Concurrency = z.infer<typeof concurrency>;

const step = z.strictObject({
  id: z.string().optional(),
  name: text.optional(),
  if: text.optional(),
  uses: z.string(),
  with: texts.default({}),
  env: texts.default({}),
});
export type Step = z.infer<typeof step>;

const job = z.strictObject({
  name: text.optional(),
  needs: list.default([]),
  if: text.optional(),
  'runs-on': z.union([text.transform((one) => [one]), z.array(text)]),
  'timeout-minutes': z.number().default(360),
  concurrency: concurrency.optional(),
  permissions: permissions.optional(),
  env: texts.default({}),
  outputs: texts.default({}),
  steps: z.array(step).min(1),
});
export type Job = z.infer<typeof job>;

const input = z.strictObject({
  description: z.string().optional(),
  required: z.boolean().default(false),
  default: z.union([z.string(), z.boolean(), z.number()]).optional(),
  type: z.enum(['string', 'boolean', 'number', 'choice']).default('string'),
  options: z.array(z.string()).optional(),
});

const filter = z.union([z.null().transform(() => ({})), z.strictObject({ types: list.optional() })]);
const listened = {
  issues: filter.optional(),
  issue_comment: filter.optional(),
  pull_request: filter.optional(),
  pull_request_target: filter.optional(),
  pull_request_review: filter.optional(),
  pull_request_review_comment: filter.optional(),
  repository_dispatch: filter.optional(),
  workflow_dispatch: z
    .union([
      z.null().transform(() => ({})),
      z.strictObject({ inputs: z.record(z.string(), input).nullish() }),
    ])
    .optional(),
  schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
};
const events = z.union([
  z.string().transform((name) => eventsNamed([name])),
  z.array(z.string()).transform(eventsNamed),
  z.object(listened),
]);
export type Events = z.infer<z.ZodObject<typeof listened>>;

function eventsNamed(names: readonly string[]): Events {
  return z.object(listened).parse(Object.fromEntries(names.map((name) => [name, null])));
}

/** What of a workflow file is run here: what a town's workflow needs. Events that are not in it start nothing. */
export const workflowSchema = z.strictObject({
  name: z.string().optional(),
  'run-name': text.optional(),
  on: events,
  permissions: permissions.optional(),
  env: texts.default({}),
  jobs: z.record(z.string(), job),
});
export type Workflow = z.infer<typeof workflowSchema>;
export type Permissions = z.infer<typeof permissions>;
