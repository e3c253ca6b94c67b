import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { ApiError } from './api-error.ts';

/** Longest REST body in bytes; GitHub's own limit for a blob is 100 MB, base64 included here. */
const longest = 140 * 1024 * 1024;

/** The whole body. @throws ApiError 413 where it is too long. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= longest) chunks.push(chunk);
      else reject(new ApiError(413, 'Payload too large'));
    });
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

/** Parses a body as JSON; an empty one is undefined. @throws ApiError 400 as GitHub words it. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ApiError(400, 'Problems parsing JSON');
    throw error;
  }
}

/** Fits a parsed body to an operation's schema. @throws ApiError 400 or 422 with the first misfit. */
export function fitBody(schema: z.ZodType, body: unknown): unknown {
  const given = body ?? {};
  if (typeof given !== 'object') throw new ApiError(400, 'Body should be a JSON object');
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new ApiError(422, 'Invalid request.');
  const path = issue.path.join('/');
  const value = issue.path.reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null
      ? (inner as Record<PropertyKey, unknown>)[key]
      : undefined;
  }, given);
  if (value === undefined) {
    throw new ApiError(422, `Invalid request.\n\n"${path}" wasn't supplied.`);
  }
  throw new ApiError(
    422,
    `Invalid request.\n\nFor 'properties/${path}', ${JSON.stringify(value) ?? 'nothing'} ${misfit(issue)}`,
  );
}

function misfit(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    const article = /^[aeiou]/.test(issue.expected) ? 'an' : 'a';
    return `is not ${article} ${issue.expected}.`;
  }
  if (issue.code === 'invalid_value') {
    return `is not a possible value. Must be one of the following: ${issue.values.map(String).join(', ')}.`;
  }
  return `is not valid: ${issue.message}.`;
}
