import { createJsonView } from './json-view.ts';
import { createPlainView } from './plain-view.ts';
import type { View } from './view.ts';

export interface ViewChoice {
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
}

/** JSON where it is asked for, the live screen on a terminal that can show it, plain lines everywhere else. */
export async function chooseView({ json, stdout, environment, now }: ViewChoice): Promise<View> {
  const write = (text: string): void => {
    stdout.write(text);
  };
  if (json) return createJsonView(write);
  if (!canShowLive(stdout, environment)) return createPlainView(write);
  // Loaded here alone: whoever pipes or asks for help does not wait for it.
  const { createLiveView } = await import('./live/live-view.ts');
  return createLiveView({ stdout, now });
}

export function canShowLive(
  { isTTY }: Pick<NodeJS.WriteStream, 'isTTY'>,
  environment: ViewChoice['environment'],
): boolean {
  const told = (name: string): boolean => (environment[name] ?? '') !== '';
  return isTTY === true && !told('CI') && !told('NO_COLOR') && environment.TERM !== 'dumb';
}
