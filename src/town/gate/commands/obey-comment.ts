import { type ParsedCommand, parseCommands } from '../../../domain/commands/parse-commands.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { Quota } from '../../ports/hub.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import type { CommentPayload } from '../deliveries.ts';
import { isNamed, isOurs, maySteer } from '../may-steer.ts';
import { answerComment } from './answer-comment.ts';
import { findTarget } from './find-target.ts';
import { type CommandAnswer, obeyCommand } from './obey-command.ts';

/**
 * Does what the commands in a new comment say, if someone with write permission wrote it on an issue of ours, and it was
 * not edited since. Each comment is answered once: a reaction, and words only where there is something to say.
 */
export async function obeyComment(town: Town, payload: CommentPayload, cause: string): Promise<void> {
  const { comment, sender, repository, issue } = payload;
  if (payload.action !== 'created') return;
  if (comment.created_at !== comment.updated_at) return;
  const commands = parseCommands(comment.body);
  if (commands.length === 0) return;
  const target = findTarget(town, repository.id, issue.number);
  if (target === null) return;
  const { state } = town.ledger.load(target.stream, convoyFold);
  if (state === null) return;
  const hub = await openHub(town, state.opened.repository);
  const bots = state.opened.settings.bots ?? [];
  // A bot that nobody named is not answered: two bots that answer each other have no end.
  if (isOurs(hub, sender) || (sender.type === 'Bot' && !isNamed(sender, bots))) return;
  const place = { ...target, issue: issue.number, comment: comment.id, by: sender.login, cause };
  const answers = (await maySteer(hub, sender, bots))
    ? await obeyAll(town, place, commands, hub.quota())
    : [await notAllowed(town, place)];
  await answerComment(
    town,
    hub,
    place,
    answers.filter((answer) => answer !== null),
  );
}

/** Where a command was given and by whom. */
export interface CommandPlace {
  readonly stream: Parameters<Town['ledger']['read']>[0];
  readonly bead: number | null;
  readonly issue: number;
  readonly comment: number;
  readonly by: string;
  readonly cause: string;
}

async function obeyAll(
  town: Town,
  place: CommandPlace,
  commands: readonly ParsedCommand[],
  quota: Quota | null,
): Promise<readonly CommandAnswer[]> {
  const answers: CommandAnswer[] = [];
  for (const [index, command] of commands.entries())
    answers.push(await obeyCommand(town, place, command, index, quota));
  return answers;
}

const refusedSentence = 'Only people with write permission can steer a convoy.';

/** A stranger is told once for each convoy, and not again. */
async function notAllowed(town: Town, place: CommandPlace): Promise<CommandAnswer | null> {
  const { stream, by, comment, cause } = place;
  const result = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `command-not-allowed:${stream}:${by}`,
    decide: () => ({
      accepted: true,
      events: [{ type: 'CommandRefused', data: { command: '', by, comment, reason: refusedSentence } }],
    }),
  });
  if (result.status === 'refused') return null;
  const first = result.events[0];
  const ours = first?.type === 'CommandRefused' && first.data.comment === comment;
  return ours ? { taken: false, text: refusedSentence } : null;
}
