import { CannotRun } from '../faces/cli/cannot-run.ts';
import { addModel, type ModelChoice, noModelChoice } from '../faces/cli/options/models.ts';

/** `GASTOWN_MODELS`: models for the roles, by commas, each as `--model` takes it: `name`, or `role=name`. */
export function modelsFromEnvironment(env: NodeJS.ProcessEnv): ModelChoice {
  const given = (env.GASTOWN_MODELS ?? '').split(',').filter((text) => text.trim() !== '');
  return given.reduce<ModelChoice>((before, text) => {
    const choice = addModel(text.trim(), before);
    if (choice) return choice;
    throw new CannotRun('usage', `GASTOWN_MODELS: "${text}" is neither a model's name nor role=name.`);
  }, noModelChoice);
}
