import type { Convoy } from './state.ts';

/** What must exit with 0 on the integrated tree: fixed by the base, or by the plan where the base says nothing. */
export const verificationCommand = ({
  opened,
  namedCommand,
}: Pick<Convoy, 'opened' | 'namedCommand'>): string | null => opened.settings.verify ?? namedCommand;
