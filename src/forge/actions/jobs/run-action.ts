import type { Json } from '../../render/view.ts';
import { type Contexts, interpolate, textsOf } from '../workflow/expressions.ts';
import type { Step } from '../workflow/workflow.ts';
import { readActionMetadata, UnknownActionError } from './action-metadata.ts';
import { appTokenAction, createAppToken } from './create-app-token.ts';
import { inputEnvironment, stepEnvironment } from './job-environment.ts';
import type { StepFiles } from './job-files.ts';
import type { StepsRun } from './run-steps.ts';

/** What came of an action: its exit status, and outputs where it is one that the stand-in does itself. */
export interface ActionEnd {
  readonly exit: number;
  readonly more?: { readonly outputs: Readonly<Record<string, string>> };
}

/** Runs what a step `uses`, with its inputs. @throws UnknownActionError, WorkflowExpressionError */
export async function runAction(
  run: StepsRun,
  step: Step,
  number: number,
  contexts: Contexts,
  stepFiles: StepFiles,
): Promise<ActionEnd> {
  const [name = ''] = step.uses.split('@');
  const given = textsOf(step.with, contexts);
  if (name === appTokenAction) return createAppToken(run, given);
  const folder = run.options.actions[name];
  if (folder === undefined) throw new UnknownActionError(step.uses, 'nothing tells where it is');
  const metadata = await readActionMetadata(step.uses, folder);
  const strange = Object.keys(given).filter((input) => !(input in metadata.inputs));
  if (strange.length > 0) run.log.line(`::warning::Unexpected input(s) '${strange.join("', '")}'`);
  const inputs: Record<string, string> = {};
  for (const [input, { default: otherwise }] of Object.entries(metadata.inputs)) {
    inputs[input] = given[input] ?? interpolate(otherwise ?? '', contexts);
  }
  const inside: Contexts = { ...contexts, inputs };
  const place = {
    github: contexts.github as Json,
    jobKey: run.started.row.key,
    stepId: step.id ?? `__${name.replaceAll(/\W/g, '_')}_${number}`,
    uses: step.uses,
    runner: run.started.runner,
    files: run.files,
    stepFiles,
  };
  const env = {
    ...stepEnvironment(place),
    ...(contexts.env as Record<string, string>),
    ...textsOf(step.env, contexts),
    ...inputEnvironment(inputs),
    ...Object.fromEntries(
      Object.entries(metadata.runs.env).map(([key, text]) => [key, interpolate(text, inside)]),
    ),
  };
  const exit = await run.options.runAction({
    folder,
    args: metadata.runs.args.map((text) => interpolate(text, inside)),
    env,
    files: run.files.folder,
    write: (text) => run.log.write(text),
    interrupt: run.stop.interrupt,
    kill: run.stop.kill,
  });
  return { exit };
}
