import { fileURLToPath } from 'node:url';

const gastown = fileURLToPath(new URL('../../../bin/gastown', import.meta.url));

/** What tests start as `gastown`: the bundle that was made of it for them, else the command itself. */
export const gastownProgram = (): string => process.env.GASTOWN_UNDER_TEST ?? gastown;
