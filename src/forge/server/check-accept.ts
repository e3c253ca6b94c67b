import { ApiError } from './api-error.ts';

/** What GitHub can answer with: JSON, or one of its own media types. */
const known = /^(\*\/\*|application\/(\*|json|vnd\.github(\.[\w.-]+)?(\+json)?))$/i;

/** @throws ApiError 415 where the client takes nothing that GitHub speaks. */
export function checkAccept(header: string | undefined): void {
  if (header === undefined || header === '') return;
  const types = header.split(',').map((type) => type.split(';')[0]?.trim() ?? '');
  if (types.some((type) => known.test(type))) return;
  throw new ApiError(415, `Unsupported 'Accept' header: '${header}'. Must accept 'application/json'.`);
}
