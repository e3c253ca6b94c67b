import { runCommandLine } from '../faces/cli/run-command-line.ts';
import { packageVersion } from './package-folder.ts';
import { runAction } from './run/run-action.ts';

process.exitCode = await runCommandLine(
  { run: runAction },
  {
    args: process.argv.slice(2),
    cwd: process.cwd(),
    version: packageVersion(),
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
  },
);
