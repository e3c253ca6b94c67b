export type {
  ApiExchange,
  AppPermissions,
  CollaboratorLevel,
  CreatedRepository,
  Forge,
  ForgeOptions,
  Limits,
  SentWebhook,
} from './forge.ts';
export { startForge } from './start-forge.ts';
