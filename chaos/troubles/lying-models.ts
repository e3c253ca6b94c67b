import type { RoleName } from '../../src/domain/session/events.ts';
import type { RehearsalScript, Step } from '../../src/testing/rehearsal/script.ts';
import type { Random } from '../random.ts';

const call = (name: string, args: Record<string, unknown>): Step => ({ calls: [{ name, arguments: args }] });

/** Calls that mean nothing: tools that are not there, arguments of other kinds, things that do not exist, places that are not its own. */
const nonsense: readonly [Step, ...Step[]] = [
  call('deploy_to_production', { now: true }),
  call('bead', { action: 'close', id: 999 }),
  call('bead', { action: 17 }),
  call('sling', { bead: 99, topic: 'nothing' }),
  call('shell', { command: { rm: true } }),
  call('write_file', { path: '../../../etc/passwd', content: 'root' }),
  call('report', { verdict: 'SPLENDID', text: 4 }),
];

/** What a role claims without having done it. A Mayor's last word is its order: it is left alone. */
const claims: Readonly<Partial<Record<RoleName, readonly [Step, ...Step[]]>>> = {
  polecat: [
    { say: 'It is done, and every test is green.' },
    { say: 'Done.', calls: [{ name: 'bead', arguments: { action: 'close' } }] },
  ],
  refinery: [{ say: 'I have looked at all of it.' }],
};

/** Models that now and then make no sense, or claim what is not so, and go on as they should the next time they are asked. */
export function lyingModels(
  { parts }: RehearsalScript,
  random: Random,
): RehearsalScript & { lies(): number } {
  let lies = 0;
  return {
    lies: () => lies,
    parts: parts.map((part) => ({
      ...part,
      improvise: (heard) => {
        const right = part.improvise?.(heard) ?? {};
        if (!random.chance(7)) return right;
        lies += 1;
        const claimed = claims[part.role];
        return claimed && random.chance(40) ? random.pick(claimed) : random.pick(nonsense);
      },
    })),
  };
}
