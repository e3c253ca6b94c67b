/**
 * Every way in which `gastown` can end. Scripts may rely on the numbers: one is never given another meaning.
 * 10 to 19 belong to set-up, which runs before the program (`scripts/setup/setup-error.js`).
 */
export const exitStatus = {
  ok: { code: 0, means: 'the pull request is open and its verification passed' },
  unexpected: {
    code: 1,
    means: 'something happened that this program did not foresee; `--debug` shows where',
  },
  usage: { code: 2, means: 'an unknown flag, a missing argument or a bad value' },
  workspace: {
    code: 3,
    means: 'the workspace is not writable, has uncommitted changes, or is in use by another run',
  },
  git: { code: 4, means: 'git is missing or too old' },
  docker: { code: 5, means: 'no Docker engine answers, or the image is missing' },
  noKey: { code: 6, means: 'no API key is set' },
  keyRefused: { code: 7, means: 'the model endpoint refused the key' },
  unknownModel: { code: 8, means: 'the model endpoint does not know the model' },
  role: { code: 9, means: 'a role file has a mistake' },
  model: { code: 20, means: 'the model endpoint does not answer, or not in its protocol' },
  setup: { code: 21, means: 'a set-up command failed in its container' },
  convoy: { code: 22, means: 'the convoy ended without a pull request' },
  verification: { code: 23, means: 'the pull request is open, but nothing shows that it passes' },
  ledger: { code: 24, means: 'the ledger is damaged, of a newer version, or not a ledger' },
  notFound: { code: 25, means: 'there is no such convoy, bead or town' },
  unsound: { code: 26, means: '`gastown doctor` found something that does not hold' },
  interrupted: { code: 130, means: 'stopped by Ctrl-C; the same command resumes' },
} as const;

export type ExitName = keyof typeof exitStatus;
