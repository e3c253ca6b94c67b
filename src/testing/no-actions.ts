import type { Actions } from '../faces/cli/program.ts';

const never = async (): Promise<never> => {
  throw new Error('Nothing runs here.');
};

/** For tests of the command line itself: each command that would do something throws. */
export const noActions: Actions = {
  run: never,
  crew: never,
  serve: never,
  watch: never,
  say: never,
  init: never,
  gc: never,
  action: never,
  forge: never,
  doctor: never,
};
