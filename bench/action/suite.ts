import Dockerode from 'dockerode';
import { testEngine } from '../../src/testing/engine.ts';
import { absolute, median, type Row, relative, timed } from '../row.ts';
import { type JobTimes, openSettleJobs } from './settle-job.ts';
import { buildTownImage, townImage } from './town-image.ts';

const repeats = 7;

/** What a job of GitHub Actions takes before it does anything, with both images at hand, beside the image alone. */
export async function* rows(): AsyncIterable<Row> {
  console.error("building the app's image");
  await buildTownImage();
  const docker = new Dockerode(await testEngine());
  const jobs = await openSettleJobs();
  try {
    // The first one may have to build the sandbox image.
    console.error('a first job');
    await jobs.run();
    const times: JobTimes[] = [];
    const bare: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      bare.push(await timed(() => runBare(docker)));
      times.push(await jobs.run());
    }
    const reference = { name: 'docker run of node -e 0', value: median(bare) / 1000 };
    yield* figures('first-line', median(times.map(({ firstLine }) => firstLine)) / 1000, reference, {
      s: 1.5,
      ratio: 2,
    });
    yield* figures('nothing-to-do', median(times.map(({ end }) => end)) / 1000, reference, {
      s: 4,
      ratio: 5,
    });
  } finally {
    await jobs.close();
  }
}

function* figures(
  name: string,
  value: number,
  reference: Row['reference'],
  target: { readonly s: number; readonly ratio: number },
): Iterable<Row> {
  const common = { value, unit: 's', better: 'lower' } as const;
  yield absolute('action', { ...common, name: `action-${name}-s`, target: target.s });
  yield relative('action', { ...common, name: `action-${name}/docker-run`, target: target.ratio, reference });
}

/** The same image with a program that does nothing, from its creation to its end. */
async function runBare(docker: Dockerode): Promise<void> {
  const container = await docker.createContainer({
    Image: townImage,
    Entrypoint: ['node', '-e', '0'],
    Cmd: [],
    HostConfig: { NetworkMode: 'host' },
  });
  try {
    await container.start();
    await container.wait();
  } finally {
    await container.remove({ force: true, v: true });
  }
}
