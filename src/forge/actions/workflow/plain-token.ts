import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';

/** A token of a workflow file as plain data; an expression is `{ expression }`, without its `${{ }}`. */
export function plainToken(token: TemplateToken): unknown {
  if (isMapping(token)) {
    const pairs = Array.from({ length: token.count }, (_, index) => token.get(index));
    return Object.fromEntries(pairs.map(({ key, value }) => [String(plainToken(key)), plainToken(value)]));
  }
  if (isSequence(token)) {
    return Array.from({ length: token.count }, (_, index) => plainToken(token.get(index)));
  }
  if (isBasicExpression(token)) return { expression: token.expression };
  return isString(token) || isNumber(token) || isBoolean(token) ? token.value : null;
}
