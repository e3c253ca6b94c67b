import type { ServerResponse } from 'node:http';
import { type RoleName, roleName } from '../../domain/session/events.ts';
import type { Fault } from './fault.ts';
import { paidRehearsalModel, rehearsalModel } from './script.ts';

export function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** An error in the shape of OpenAI's. */
export function refuse(
  response: ServerResponse,
  status: number,
  error: { readonly message: string; readonly code: string | null; readonly param?: string },
): void {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { param: null, type, ...error } }));
}

export function refuseByFault(response: ServerResponse, fault: Extract<Fault, { kind: 'status' }>): void {
  if (fault.retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(fault.retryAfterSeconds));
  }
  const message = fault.status === 429 ? 'Rate limit reached.' : 'The server had an error.';
  refuse(response, fault.status, { message, code: fault.status === 429 ? 'rate_limit_exceeded' : null });
}

/** The list of models: one for each role, and one that is paid for. */
export const modelList = (): object => ({
  object: 'list',
  data: roleName.options.flatMap(names).map((id) => ({
    id,
    object: 'model',
    created: 0,
    owned_by: 'rehearsal',
  })),
});

const names = (role: RoleName): readonly string[] => [rehearsalModel(role), paidRehearsalModel(role)];
