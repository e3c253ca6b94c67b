import { beadOfCommand, decideCommand, type GivenCommand } from '../../../domain/commands/decide-command.ts';
import type { ParsedCommand } from '../../../domain/commands/parse-commands.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../../domain/convoy/state.ts';
import { accept, type Decision } from '../../../domain/event.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Quota } from '../../ports/hub.ts';
import type { Town } from '../../town.ts';
import { commandHelp, commandStatus, commandUsage, commandWhy } from '../../voice/command-answers.ts';
import type { CommandPlace } from './obey-comment.ts';

export interface CommandAnswer {
  readonly taken: boolean;
  /** Null where the reaction says all there is to say. */
  readonly text: string | null;
}

/**
 * Decides one command. What it changes and that it was given stand in one append, under a key of the comment's: the same
 * comment delivered twice gives the same answer and changes nothing more.
 */
export async function obeyCommand(
  town: Town,
  place: CommandPlace,
  command: ParsedCommand,
  index: number,
  quota: Quota | null,
): Promise<CommandAnswer> {
  if (command.kind === 'unknown') return { taken: false, text: commandUsage(command.name) };
  if (command.kind === 'argument-missing') {
    return {
      taken: false,
      text: `Something is missing: it is written \`/${command.entry.name} ${command.entry.argument}\`.`,
    };
  }
  const given: GivenCommand = {
    name: command.name,
    argument: command.argument,
    bead: place.bead,
    by: place.by,
  };
  const result = await town.ledger.decide({
    stream: place.stream,
    fold: convoyFold,
    actor: `overseer:${place.by}`,
    cause: place.cause,
    key: `command:${place.stream}:${place.comment}:${index}`,
    decide: (state) => recorded(state, given, place),
  });
  const last = result.status === 'refused' ? undefined : result.events.at(-1);
  if (last?.type === 'CommandRefused') return { taken: false, text: last.data.reason };
  return { taken: true, text: answerTo(given, result.state, quota) };
}

function recorded(state: ConvoyState, given: GivenCommand, place: CommandPlace): Decision<Refusal> {
  const decision = decideCommand(state, given);
  const { by, comment } = place;
  const command = `/${given.name} ${given.argument}`.trim();
  if (decision.accepted) {
    return accept(...decision.events, { type: 'CommandAccepted', data: { command, by, comment } });
  }
  return accept({ type: 'CommandRefused', data: { command, by, comment, reason: decision.refusal.text } });
}

function answerTo(given: GivenCommand, state: ConvoyState, quota: Quota | null): string | null {
  if (given.name === 'help') return commandHelp();
  if (state === null) return null;
  if (given.name === 'status') return commandStatus(state, quota);
  const bead = beadOfCommand(state, given);
  return given.name === 'why' && bead !== null ? commandWhy(state, bead) : null;
}
