import type { Events } from '../workflow/workflow.ts';

/** What GitHub takes for `types` where a workflow names none. */
const defaultTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** Whether a workflow with these events starts on an event of that action. */
export function listensTo(on: Events, event: keyof Events, action: string | null): boolean {
  const filter = on[event];
  if (filter === undefined || Array.isArray(filter)) return false;
  const types = ('types' in filter ? filter.types : undefined) ?? defaultTypes[event];
  return types === undefined || (action !== null && types.includes(action));
}
