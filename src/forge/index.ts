export { type ContainerRunnerOptions, containerRunner } from './actions/jobs/container-runner.ts';
export { type ActionProgram, processRunner } from './actions/jobs/process-runner.ts';
export type { ActionCall, ActionsOptions, RunAction } from './actions/options.ts';
export { InvalidNameError } from './create-repository.ts';
export type {
  ApiExchange,
  AppPermissions,
  CollaboratorLevel,
  CreatedRepository,
  Forge,
  ForgeOptions,
  Limits,
  ReceivedPush,
  SentWebhook,
} from './forge.ts';
export { InvalidSeedError, type RunForgeOptions, runForge } from './run-forge.ts';
export { startForge } from './start-forge.ts';
export { StoreVersionError } from './store/store.ts';
