/** One entry of a 422 body's `errors`. */
export interface FieldError {
  readonly resource: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  readonly field?: string;
  readonly message?: string;
  readonly value?: unknown;
}

interface Details {
  readonly errors?: readonly (FieldError | string)[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal with GitHub's status and body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly errors: Details['errors'];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.errors = details.errors;
    this.headers = details.headers ?? {};
  }

  /** The JSON body that GitHub would send. */
  body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

export function badCredentials(): ApiError {
  return new ApiError(401, 'Bad credentials');
}

export function requiresAuthentication(): ApiError {
  return new ApiError(401, 'Requires authentication');
}

/** 422 with one field error or several. */
export function validationFailed(...errors: readonly (FieldError | string)[]): ApiError {
  return new ApiError(422, 'Validation Failed', { errors });
}
