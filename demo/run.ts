import { roleName } from '../src/domain/session/events.ts';
import { exitStatus } from '../src/faces/cli/exit-status.ts';
import { rehearsalModel } from '../src/testing/rehearsal/script.ts';
import { startRehearsalModel } from '../src/testing/rehearsal/start-rehearsal-model.ts';
import { openWorkspace } from './open-workspace.ts';
import { type DemoArguments, parseWish } from './parse-wish.ts';
import { type Plan, plan } from './plan.ts';
import { runGastown } from './run-gastown.ts';
import { scriptOf } from './scenarios/script-of.ts';
import { whereToLook } from './where-to-look.ts';

const wish = parseWish(process.argv.slice(2));
/** Prose goes where it can't disturb programs that read JSON. */
const say = (text: string): void => (wish.json ? console.error(text) : console.log(text));

process.exitCode = await demonstrate(wish);

async function demonstrate(wish: DemoArguments): Promise<number> {
  const planned = plan(wish, process.env);
  if (planned.kind === 'no-key') {
    say('A task of your own needs a model: set OPENAI_API_KEY (and OPENAI_BASE_URL) or NEBIUS_API_KEY.');
    return exitStatus.noKey.code;
  }
  const prepared = planned.kind === 'rehearsal' || wish.scenarioNamed ? wish.scenario : null;
  const workspace = await openWorkspace(prepared, wish.workspace);
  const status =
    planned.kind === 'rehearsal' ? await rehearse(planned, workspace) : await work(planned, workspace);
  const commands = await whereToLook(workspace);
  if (commands.length > 0) say(`\nLook at it:\n${commands.map((command) => `  ${command}`).join('\n')}`);
  return status;
}

async function rehearse(
  { task, flags }: Exclude<Plan, { kind: 'no-key' }>,
  workspace: string,
): Promise<number> {
  say(
    "This is a rehearsal: the model's words are scripted. Everything else is real: the issue, the containers,",
  );
  say('the commands that run in them, the commits, the merges, the verification and the pull request.\n');
  const model = await startRehearsalModel(scriptOf(wish.scenario));
  const { NEBIUS_API_KEY: _, ...environment } = process.env;
  const cast = roleName.options.flatMap((role) => ['--model', `${role}=${rehearsalModel(role)}`]);
  try {
    return await runGastown(['run', task, '--workspace', workspace, ...flags, ...cast], {
      ...environment,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: 'rehearsal',
    });
  } finally {
    await model.close();
  }
}

function work({ task, flags }: Exclude<Plan, { kind: 'no-key' }>, workspace: string): Promise<number> {
  return runGastown(['run', task, '--workspace', workspace, ...flags], process.env);
}
