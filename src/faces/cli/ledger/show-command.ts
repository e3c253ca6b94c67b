import type { Command } from 'commander';
import { findStreams } from '../../../ledger/queries/find-streams.ts';
import { CannotRun } from '../cannot-run.ts';
import { Storyteller } from '../story/storyteller.ts';
import { formatEvent } from './format-event.ts';
import { formatRows } from './format-rows.ts';
import {
  addLedgerCommand,
  asJson,
  type LedgerCommandContext,
  type LedgerCommandOptions,
  print,
  reading,
} from './ledger-command.ts';

export function addShowCommand(ledger: Command, { cwd }: LedgerCommandContext): void {
  addLedgerCommand(ledger, 'show', 'Tell a stream as a story; without a name, list the streams.')
    .argument('[stream]', 'a stream, the start of its name, or the number of a convoy issue')
    .action((stream: string | undefined, options: LedgerCommandOptions, command: Command) => {
      reading(options, cwd, (reader) => {
        const found = findStreams(reader, stream ?? '');
        if (stream === undefined || found.length > 1) {
          print(
            command,
            options.json ? found.map(asJson).join('') : formatRows(found.map((one) => ({ ...one }))),
          );
          return;
        }
        const [one] = found;
        if (one === undefined)
          throw new CannotRun('notFound', `There is no stream ${stream} in this ledger.`);
        const events = reader.log.read(one.stream, 0);
        const storyteller = new Storyteller();
        print(
          command,
          events.map(options.json ? asJson : (event) => formatEvent(event, storyteller)).join(''),
        );
      });
    });
}
