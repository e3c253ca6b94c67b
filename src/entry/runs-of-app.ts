import { basename, join } from 'node:path';
import { createRefStore } from '../adapters/git/ref-store/create-ref-store.ts';
import { createBeadRuns } from '../adapters/github/bead-runs.ts';
import type { HubsOptions } from '../adapters/github/create-hubs.ts';
import type { WorkingLedger } from '../ledger/assemble-ledger.ts';
import { createSeal } from '../ledger/git-refs/seal.ts';
import type { RefStore } from '../ledger/ports/ref-store.ts';
import type { RigRunRefs, RunRefs } from '../ledger/ports/run-refs.ts';
import { openRigRunRefs } from '../ledger/run-refs/open-rig-run-refs.ts';
import type { Remote } from '../town/ports/git-store.ts';
import type { Town } from '../town/town.ts';
import { workflowPath } from './init/planned-files.ts';

export interface RunsOfAppOptions {
  /** Holds a bare repository for each rig, with nothing but the refs by which its runs and the App speak. */
  readonly folder: string;
  readonly hubs: Town['hubs'];
  readonly hubsOptions: HubsOptions;
  readonly ledger: Pick<WorkingLedger, 'takeIn' | 'linesOf'>;
  readonly ledgerKey: string | null;
  /** With GitHub's advised pauses. */
  readonly paced: boolean;
  /** Left out: the refs of each rig's own repository. */
  readonly refStore?: RefStore;
}

/** So that one rig's answers are four pushes a minute at most, of the six that GitHub advises. */
const lookEveryMs = 15_000;

/** The parts by which an App has beads worked by runs of GitHub Actions, where a rig says `runner: actions`. */
export function runsOfApp(options: RunsOfAppOptions): Required<Pick<Town, 'runs' | 'runRefs'>> {
  const { folder, hubs, hubsOptions, ledger, ledgerKey, paced, refStore } = options;
  const rigs = new Map<number, Promise<RigRunRefs>>();
  const seal = ledgerKey === null ? null : createSeal(ledgerKey);
  const open: RunRefs['open'] = async (rig) => {
    const repository = join(folder, 'runs', `${rig.id}.git`);
    const remote = async (): Promise<Remote> => (await hubs.open(rig)).gitRemote();
    const refs = refStore ?? (await createRefStore({ repository, remote, clock: () => new Date() }));
    return openRigRunRefs({ refs, ledger, seal });
  };
  return {
    runs: createBeadRuns({ ...hubsOptions, workflow: basename(workflowPath) }),
    runRefs: {
      open(rig) {
        const known = rigs.get(rig.id) ?? open(rig);
        rigs.set(rig.id, known);
        return known;
      },
      everyMs: paced ? lookEveryMs : 250,
    },
  };
}
