import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { CrewMember } from '../../domain/crew/crew-state.ts';
import type { StreamId } from '../../domain/event.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { LocalGitHub } from '../run/local-github.ts';

/** One person's line to one crew member: what they say goes out as a comment, what comes back is in the ledger. */
export interface CrewLine {
  readonly issue: number;
  member(): CrewMember | null;
  /** Gives the answer, or the town's sentence why there is none. */
  ask(text: string): Promise<string>;
  /** Makes a bead of the member's branch; null when it was made, else the town's sentence why not. */
  land(): Promise<string | null>;
  /** Resolves with the convoy once something is true of it. */
  until(is: (convoy: Convoy) => boolean): Promise<Convoy>;
}

export function openCrewLine(
  github: LocalGitHub,
  ledger: Ledger,
  at: { readonly stream: StreamId; readonly issue: number; readonly name: string },
): CrewLine {
  const { stream, issue, name } = at;
  const load = (): Convoy => {
    const { state } = ledger.load(stream, convoyFold);
    if (state === null) throw new CannotRun('convoy', `Issue #${issue} is no conversation.`);
    return state;
  };
  const until = (is: (convoy: Convoy) => boolean): Promise<Convoy> => {
    const { promise, resolve } = Promise.withResolvers<Convoy>();
    const look = (): void => {
      const { state } = ledger.load(stream, convoyFold);
      if (state !== null && is(state)) resolve(state);
    };
    const subscription = ledger.subscribe({ after: 'now', handle: look, onError: () => null });
    look();
    return promise.finally(() => subscription.close());
  };
  /** Gives the sentence of a refusal, or null once the command was taken. */
  const say = async (body: string): Promise<string | null> => {
    const { owner, name: repo } = github.repository;
    const request = { owner, repo, issue_number: issue, body };
    const { id } = (await github.overseer.rest.issues.createComment(request)).data;
    await until((convoy) => convoy.answeredComments.has(id) || convoy.ended !== null);
    const told = ledger
      .read(stream)
      .findLast(
        (event) =>
          (event.type === 'CommandRefused' || event.type === 'CommandAccepted') && event.data.comment === id,
      );
    if (told?.type === 'CommandRefused') return told.data.reason;
    return told === undefined ? 'The conversation is over.' : null;
  };
  return {
    issue,
    until,
    member: () => load().crew.get(name) ?? null,
    async ask(text) {
      const before = load().crew.get(name)?.talk.length ?? 0;
      const refused = await say(`/crew ${name}: ${text.replaceAll(/\s+/g, ' ').trim()}`);
      if (refused !== null) return refused;
      const answerIn = (convoy: Convoy) => convoy.crew.get(name)?.talk[before]?.answer ?? null;
      const convoy = await until((now) => answerIn(now) !== null || now.ended !== null);
      return answerIn(convoy) ?? 'The conversation is over.';
    },
    land: () => say(`/crew ${name} land`),
  };
}
