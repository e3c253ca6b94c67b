import { fileURLToPath } from 'node:url';
import { roleName } from '../../domain/session/events.ts';
import { type ActionsOptions, processRunner } from '../../forge/index.ts';
import { testEngine } from '../engine.ts';
import { gastownProgram } from '../gastown/gastown-program.ts';
import { rehearsalModel } from '../rehearsal/script.ts';
import type { RehearsalModel } from '../rehearsal/start-rehearsal-model.ts';

/** The published action's name, which stands for this checkout. */
export const uses = 'gas-town-on-github/gas-town';
export const ledgerKey = 'a ledger key of some length';
export const program = fileURLToPath(new URL('../../../', import.meta.url));

/** What makes a forge run jobs as processes of the program, with an engine and a model; a script of `around` starts it. */
export async function actionsOf(
  model: Pick<RehearsalModel, 'baseUrl'>,
  env: Readonly<Record<string, string>> = {},
  around: readonly string[] = [],
): Promise<ActionsOptions> {
  const engine = await testEngine();
  const socket = 'socketPath' in engine ? { DOCKER_HOST: `unix://${engine.socketPath}` } : {};
  return {
    actions: { [uses]: program },
    runAction: processRunner({
      command: process.execPath,
      args: [...around, gastownProgram()],
      env: { ...ofTheMachine(), ...socket, ...env },
    }),
    secrets: { OPENAI_API_KEY: 'any key of a model', GASTOWN_LEDGER_KEY: ledgerKey },
    variables: {
      OPENAI_BASE_URL: model.baseUrl,
      GASTOWN_MODELS: roleName.options.map((role) => `${role}=${rehearsalModel(role)}`).join(),
    },
  };
}

/** What a runner's own machine gives a job. Without its certificates the job would build itself another sandbox image. */
function ofTheMachine(): Record<string, string> {
  const { PATH = '', GLIBC_TUNABLES, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE } = process.env;
  return {
    PATH,
    ...(GLIBC_TUNABLES === undefined ? {} : { GLIBC_TUNABLES }),
    ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }),
    ...(SSL_CERT_FILE === undefined ? {} : { SSL_CERT_FILE }),
  };
}
