import { convoyFold } from '../../domain/convoy/evolve.ts';
import { concernsRun } from '../../domain/run/concerns-run.ts';
import type { RunAnswer } from '../../domain/run/run-request.ts';
import type { RunDesk, RunReply } from '../../ledger/ports/run-refs.ts';
import type { Town } from '../town.ts';
import { obeyRequest } from './obey-request.ts';

/** What is to be done about a run. */
export type Attended =
  | { readonly kind: 'reply'; readonly reply: RunReply }
  | { readonly kind: 'over' | 'nothing' };

/** Decides on what a run has asked, and whether there is anything that it must be told. */
export async function attendRun(town: Town, desk: RunDesk): Promise<Attended> {
  const answers = await answersFor(town, desk);
  const { state: convoy } = town.ledger.load(desk.stream, convoyFold);
  const isOver = desk.claim !== null && convoy?.endedRuns.has(desk.claim.run) === true;
  if (isOver && answers.length === desk.open.length) return { kind: 'over' };
  const said = answers.find(({ number }) => number === 1);
  const isWorking = said === undefined ? desk.version > 0 : said.status === 'accepted';
  const concerned = town.ledger
    .read(desk.stream, desk.version)
    .some((event) => concernsRun(event, desk.order.bead));
  if (answers.length === 0 && !(isWorking && concerned)) return { kind: 'nothing' };
  return { kind: 'reply', reply: { desk, answers, tells: isWorking } };
}

async function answersFor(
  town: Town,
  { stream, order, claim, open }: RunDesk,
): Promise<readonly RunAnswer[]> {
  const answers: RunAnswer[] = [];
  for (const { number, request } of open) {
    const answer =
      claim === null || request === null
        ? ({
            number,
            status: 'refused',
            rule: 'not-understood',
            text: 'The town knows no such request.',
          } as const)
        : await obeyRequest(town, { stream, order, ...claim }, number, request);
    if (answer === null) break;
    answers.push(answer);
  }
  return answers;
}
