import { z } from 'zod';

/** What JSON can hold. */
export type Json = z.core.util.JSONType;

/**
 * Any JSON value, as `z.json()` takes it. That one refers to itself, which zod can't compile, and effects are the most
 * frequent of events.
 */
export const json = z.custom<Json>(isJson, 'not a JSON value');

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return holdsJson(value);
  return isPlainObject(value) && holdsJson(Object.values(value));
}

/** A hole in a list counts as undefined, which is no JSON. */
function holdsJson(values: Iterable<unknown>): boolean {
  for (const value of values) if (!isJson(value)) return false;
  return true;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
