import { roleName } from '../../src/domain/session/events.ts';
import type { HeardCall, Part, RehearsalScript, Step } from '../../src/testing/rehearsal/script.ts';
import { paidRehearsalModel } from '../../src/testing/rehearsal/script.ts';
import type { Task } from './task.ts';

/** The flags by which each role is played by the rehearsal, for money. */
export const rehearsalModels = roleName.options.map((role) => `${role}=${paidRehearsalModel(role)}`).join();

/** Models that look at what came back and go on from there, as real ones do: wherever they are interrupted, they find their way. */
export function wanderers(tasks: readonly Task[]): RehearsalScript {
  return {
    parts: [
      ...tasks.flatMap((task) => [mayor(task), ...task.beads.map((_, at) => polecat(task, at))]),
      refinery,
    ],
  };
}

const interrupted = ({ result }: HeardCall): boolean => result.startsWith('Interrupted');
/** A call that broke on its way was never made. */
const made = (heard: readonly HeardCall[]): readonly HeardCall[] =>
  heard.filter(({ result }) => !result.startsWith('The arguments of'));
const call = (name: string, args: Record<string, unknown>): Step => ({ calls: [{ name, arguments: args }] });

function mayor({ title, beads }: Task): Part {
  return {
    role: 'mayor',
    about: title,
    steps: [],
    improvise: (all) => {
      const heard = made(all);
      const unclear = heard.findLastIndex((one) => one.name === 'bead' && interrupted(one));
      const looked = heard.findLastIndex((one) => one.name === 'bead' && one.arguments.includes('"list"'));
      if (unclear >= 0 && unclear >= looked) return call('bead', { action: 'list' });
      const known = heard.map(({ result }) => result).join('\n');
      const next = beads.find((bead) => !known.includes(bead.title));
      if (next) {
        const { needs } = next;
        return call('bead', {
          action: 'create',
          title: next.title,
          description: `Make ${next.file}.`,
          acceptance: 'It is there.',
          needs,
        });
      }
      const slung = (number: number): boolean =>
        heard.some(
          (one) => one.name === 'sling' && !interrupted(one) && one.arguments.includes(`"bead":${number},`),
        );
      const open = beads.flatMap((_, at) => (slung(at + 1) ? [] : [at + 1]));
      if (open.length > 0) {
        return {
          calls: open.map((bead) => ({ name: 'sling', arguments: { bead, topic: `topic ${bead}` } })),
        };
      }
      const awaited = heard.findLast(({ name }) => name === 'await_beads');
      if (awaited === undefined || interrupted(awaited)) return call('await_beads', {});
      return { say: 'All is settled.' };
    },
  };
}

function polecat({ beads }: Task, at: number): Part {
  const { title, file } = beads[at] ?? { title: '', file: '' };
  return {
    role: 'polecat',
    about: `] ${title} (attempt`,
    steps: [],
    improvise: (all) => {
      const heard = made(all);
      const written = heard.findLast((one) => one.name === 'write_file' && one.arguments.includes(file));
      if (written === undefined || interrupted(written)) {
        return call('write_file', { path: file, content: `${title}\n` });
      }
      if (!heard.some((one) => one.name === 'shell' && !interrupted(one)))
        return call('shell', { command: `cat ${file}` });
      return {
        say: 'It is done.',
        calls: [{ name: 'bead', arguments: { action: 'close', id: at + 1 } }],
      };
    },
  };
}

const refinery: Part = {
  role: 'refinery',
  steps: [],
  improvise: (all) =>
    made(all).some((one) => one.name === 'shell' && !interrupted(one))
      ? call('report', { verdict: 'LANDED', text: 'It holds together.' })
      : call('shell', { command: 'ls' }),
};
