import {
  data,
  Evaluator,
  ExpressionError,
  ExpressionEvaluationError,
  Lexer,
  Parser,
} from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { truthy } from '@actions/expressions/result';
import type { Text } from './workflow.ts';

/** What expressions may name: `github`, `inputs`, `needs` and the like, as plain JSON. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How what came before went, as the status functions tell it. */
export interface Status {
  readonly succeeded: boolean;
  readonly failed: boolean;
  readonly cancelled: boolean;
}

/** An expression that names what is not there, or asks for what can't be had. */
export class WorkflowExpressionError extends Error {
  override readonly name = 'WorkflowExpressionError';
  readonly expression: string;
  constructor(expression: string, reason: string) {
    super(`The expression \`${expression}\` can't be evaluated: ${reason}`);
    this.expression = expression;
  }
}

const names = ['github', 'inputs', 'needs', 'vars', 'secrets', 'steps', 'env', 'job', 'runner'];

function statusFunctions({ succeeded, failed, cancelled }: Status): FunctionDefinition[] {
  const define = (name: string, value: boolean): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  return [
    define('always', true),
    define('success', succeeded && !cancelled),
    define('failure', failed && !cancelled),
    define('cancelled', cancelled),
  ];
}

const fine: Status = { succeeded: true, failed: false, cancelled: false };

/** @throws WorkflowExpressionError */
function evaluate(expression: string, contexts: Contexts, status: Status): data.ExpressionData {
  const functions = statusFunctions(status);
  try {
    const tree = new Parser(new Lexer(expression).lex().tokens, names, functions).parse();
    const known = new data.Dictionary();
    for (const [name, value] of Object.entries(contexts)) {
      known.add(name, JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData);
    }
    return new Evaluator(tree, known, new Map(functions.map((one) => [one.name, one]))).evaluate();
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ExpressionEvaluationError) {
      throw new WorkflowExpressionError(expression, error.message);
    }
    throw error;
  }
}

/** What a text of the workflow file comes to. @throws WorkflowExpressionError */
export function textOf(text: Text, contexts: Contexts): string {
  return typeof text === 'string' ? text : evaluate(text.expression, contexts, fine).coerceString();
}

/** @throws WorkflowExpressionError */
export function textsOf(
  texts: Readonly<Record<string, Text>>,
  contexts: Contexts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textOf(text, contexts)]));
}

/** Whether a condition lets its job or step start. One that asks for no status asks for success too. @throws WorkflowExpressionError */
export function holdsFor(condition: Text | undefined, contexts: Contexts, status: Status): boolean {
  const given = typeof condition === 'object' ? condition.expression : (condition ?? '').trim();
  if (given === '') return status.succeeded && !status.cancelled;
  const asks = /\b(always|success|failure|cancelled)\s*\(/i.test(given);
  return truthy(evaluate(asks ? given : `success() && (${given})`, contexts, status));
}

/** A text of an action's own file, with each `${{ }}` in it worked out. @throws WorkflowExpressionError */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression.trim(), contexts, fine).coerceString(),
  );
}
