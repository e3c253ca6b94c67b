import type Dockerode from 'dockerode';
import type { ExecOptions, ExecResult, FileRead, FileWritten } from '../../agent/ports/workspace.ts';
import type { Sandbox, TakenOut } from '../../town/ports/sandbox.ts';
import { engineCallOrNull } from './engine/engine-call.ts';
import type { Settings } from './engine/options.ts';
import { removeContainer } from './engine/remove-container.ts';
import { CommandRunner } from './shell/exec-command.ts';
import type { Lanes } from './shell/lanes.ts';
import { WorkspaceFiles } from './shell/workspace-files.ts';
import { WritableGuard } from './shell/writable-guard.ts';
import type { Baseline } from './snapshot/baseline.ts';
import { START_STAMP } from './snapshot/town-files.ts';
import type { ImageTools } from './take-out/list-workspace.ts';
import { surveyWorkspace } from './take-out/survey-workspace.ts';
import { takeOut } from './take-out/take-out.ts';
import type { TakeOutLimits } from './take-out/take-out-limits.ts';

/** A running container of one bead. */
export class DockerSandbox implements Sandbox {
  readonly id: string;
  readonly #container: Dockerode.Container;
  readonly #lanes: Lanes;
  readonly #commands: CommandRunner;
  readonly #files: WorkspaceFiles;
  readonly #baseline: () => Promise<Baseline>;
  readonly #limits: TakeOutLimits;
  readonly #tools: ImageTools;

  constructor(
    container: Dockerode.Container,
    lanes: Lanes,
    baseline: () => Promise<Baseline>,
    settings: Settings,
    tools: ImageTools = { areKnown: false },
  ) {
    this.id = container.id;
    this.#container = container;
    this.#lanes = lanes;
    this.#commands = new CommandRunner(
      lanes,
      () => new WritableGuard(settings.docker, container.id, settings.maxWritableBytes),
    );
    this.#files = new WorkspaceFiles(lanes);
    this.#baseline = baseline;
    this.#limits = settings.takeOut;
    this.#tools = tools;
  }

  exec(command: string, options: ExecOptions): Promise<ExecResult> {
    return this.#commands.exec(command, options);
  }

  readFile(
    path: string,
    options: { readonly maxBytes: number; readonly offset?: number },
  ): Promise<FileRead> {
    return this.#files.read(path, options);
  }

  writeFile(path: string, bytes: Uint8Array): Promise<FileWritten> {
    return this.#files.write(path, bytes);
  }

  async takeOut(): Promise<TakenOut> {
    const baseline = await this.#baseline();
    const survey = await surveyWorkspace(this.#container, this.#lanes, baseline, START_STAMP, this.#tools);
    return takeOut(survey, baseline, this.#limits);
  }

  async stop(): Promise<void> {
    this.#lanes.close();
    // 304: it is stopped already.
    await engineCallOrNull('stopping a container', () => this.#container.stop({ t: 0 }), [304]);
  }

  async remove(): Promise<void> {
    this.#lanes.close();
    await removeContainer(this.#container);
  }
}
