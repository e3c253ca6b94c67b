import type { IncomingMessage } from 'node:http';
import { type GraphQLError, graphql } from 'graphql';
import { z } from 'zod';
import { authenticate } from '../auth/authenticate.ts';
import type { ForgeContext } from '../context.ts';
import { mergeWaiting } from '../effects/merge-waiting.ts';
import { callerName } from '../limits/caller-name.ts';
import type { View } from '../render/view.ts';
import { ApiError, requiresAuthentication } from '../server/api-error.ts';
import type { Reply } from '../server/operation.ts';
import { fitBody, parseJson, readBody } from '../server/read-body.ts';
import type { GraphCall } from './graph-call.ts';
import { mutations } from './graph-mutations.ts';
import { queries } from './graph-queries.ts';
import { schema } from './schema.ts';

const body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Answers `POST /api/graphql`. What GraphQL refuses is 200 with `errors`, as on GitHub. */
export async function answerGraphql(
  context: ForgeContext,
  view: View,
  request: IncomingMessage,
): Promise<Reply> {
  try {
    const raw = await readBody(request);
    const actor = authenticate(context, request.headers.authorization);
    if (actor.kind === 'anonymous') throw requiresAuthentication();
    const given = body.parse(fitBody(body, parseJson(raw)));
    const leave = context.limits.enter(`${callerName(actor)} graphql`, 'GET', false);
    try {
      if (/\bcreateIssue\s*\(/.test(given.query)) context.limits.enterContent(callerName(actor));
      const call: GraphCall = { context, view, actor };
      const result = await graphql({
        schema,
        source: given.query,
        rootValue: { ...queries, ...mutations },
        contextValue: call,
        variableValues: given.variables ?? {},
        operationName: given.operationName ?? null,
      });
      await mergeWaiting(context);
      const errors = result.errors?.map(renderError);
      return {
        status: 200,
        body: {
          ...(errors === undefined ? {} : { errors }),
          ...(result.data === undefined ? {} : { data: result.data }),
        },
      };
    } finally {
      leave();
    }
  } catch (error) {
    if (error instanceof ApiError)
      return { status: error.status, headers: error.headers, body: error.body() };
    throw error;
  }
}

function renderError(error: GraphQLError): Record<string, unknown> {
  const { type } = error.extensions;
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(error.path === undefined ? {} : { path: error.path }),
    locations: error.locations ?? [],
    message: error.message,
  };
}
