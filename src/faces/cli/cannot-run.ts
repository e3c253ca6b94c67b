import type { ExitName } from './exit-status.ts';

/**
 * A reason why a command can't do its work that the person at the terminal can mend. The message is one sentence that says
 * what is wrong and what to do; it is all that is shown unless `--debug` asks for the stack.
 */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
  readonly status: ExitName;
  constructor(status: ExitName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
