import { GraphQLError } from 'graphql';

/** A refusal with the `type` that GitHub gives it. */
export function graphError(type: 'NOT_FOUND' | 'FORBIDDEN' | 'UNPROCESSABLE', message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
