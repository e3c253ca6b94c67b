import type { Operation } from './operation.ts';

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/** Parameters that take slashes: refs, file paths and branch names come unescaped. */
const greedy = new Set(['ref', 'path', 'branch', 'basehead']);

/** Finds the operation for a method and path; the most literal template wins. */
export class Router {
  readonly #buckets = new Map<string, Route[]>();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) {
      const bucket = bucketOf(operation.method, operation.path);
      this.#buckets.set(bucket, [...(this.#buckets.get(bucket) ?? []), compile(operation)]);
    }
    for (const routes of this.#buckets.values()) {
      routes.sort((a, b) => weight(b.operation.path) - weight(a.operation.path));
    }
  }

  /** Undefined where nothing fits or a parameter is not valid percent-encoding. */
  match(method: string, path: string): Match | undefined {
    for (const route of this.#buckets.get(bucketOf(method, path)) ?? []) {
      const found = route.pattern.exec(path);
      if (found === null) continue;
      const params: Record<string, string> = {};
      for (const [index, name] of route.names.entries()) {
        const value = decode(found[index + 1] ?? '');
        if (value === undefined) return undefined;
        params[name] = value;
      }
      return { operation: route.operation, params };
    }
    return undefined;
  }
}

/** Routes are tried only within a bucket: the method and the first literal parts of the path. */
function bucketOf(method: string, path: string): string {
  const parts = path.split('/');
  return `${method} ${parts[1] ?? ''} ${parts[1] === 'repos' ? (parts[4] ?? '') : ''}`;
}

function compile(operation: Operation): Route {
  const names: string[] = [];
  const source = operation.path.replaceAll(
    /\{(\w+)\}|[.*+?^$()|[\]\\]/g,
    (whole, name: string | undefined) => {
      if (name === undefined) return `\\${whole}`;
      names.push(name);
      return greedy.has(name) ? '(.+)' : '([^/]+)';
    },
  );
  return { operation, pattern: new RegExp(`^${source}$`), names };
}

function weight(path: string): number {
  return path.split('/').reduce((sum, part) => sum + (part.startsWith('{') ? 1 : 100), 0);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
