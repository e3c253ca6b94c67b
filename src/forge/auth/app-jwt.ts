import { createVerify } from 'node:crypto';
import { z } from 'zod';
import type { AppIdentity } from '../context.ts';
import { ApiError } from '../server/api-error.ts';

const header = z.object({ alg: z.literal('RS256') });
const claims = z.object({
  iss: z.union([z.string(), z.number()]),
  exp: z.number(),
  iat: z.number().optional(),
});

/** GitHub's longest lifetime of an App JWT, and the clock drift it forgives, in seconds. */
const longest = 600;
const drift = 60;

/** Checks an App JWT as GitHub does. @throws ApiError 401 (bad token) or 404 (another App's). */
export function checkAppJwt(identity: AppIdentity, token: string, at: Date): void {
  const [head = '', body = '', signature = ''] = token.split('.');
  const parsedHead = header.safeParse(decode(head));
  const parsedClaims = claims.safeParse(decode(body));
  if (!parsedHead.success || !parsedClaims.success) throw undecodable();
  const seconds = at.getTime() / 1000;
  const { iss, exp, iat } = parsedClaims.data;
  if (String(iss) !== String(identity.id) && iss !== identity.clientId) {
    throw new ApiError(404, 'Integration not found');
  }
  const verified = createVerify('RSA-SHA256')
    .update(`${head}.${body}`)
    .verify(identity.publicKey, Buffer.from(signature, 'base64url'));
  if (!verified) throw undecodable();
  if (exp <= seconds) {
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > seconds + longest + drift) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (iat !== undefined && iat > seconds + drift) {
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

function undecodable(): ApiError {
  return new ApiError(401, 'A JSON web token could not be decoded');
}

/** The JSON in a part of the token, or undefined where it holds none. */
function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
