import { validationFailed } from '../server/api-error.ts';

/** GitHub's longest body of an issue, pull request or comment, in characters. */
const longestBody = 65_536;
const longestTitle = 256;

/** @throws ApiError 422 for a body over GitHub's limit. */
export function checkBody(resource: string, body: string | null | undefined): void {
  if (body === null || body === undefined || body.length <= longestBody) return;
  const message = `body is too long (maximum is ${longestBody} characters)`;
  throw validationFailed({ resource, code: 'custom', field: 'body', message });
}

/** @throws ApiError 422 for an empty or overlong title. */
export function checkTitle(resource: string, title: string): void {
  if (title.trim() === '') throw validationFailed({ resource, code: 'missing_field', field: 'title' });
  if (title.length <= longestTitle) return;
  const message = `title is too long (maximum is ${longestTitle} characters)`;
  throw validationFailed({ resource, code: 'custom', field: 'title', message });
}

/** @throws ApiError 422 for a commit message that git would not take. */
export function checkMessage(message: string | undefined): void {
  if (message === undefined || (message.trim() !== '' && !message.includes('\0'))) return;
  throw validationFailed({ resource: 'Commit', code: 'invalid', field: 'message' });
}
