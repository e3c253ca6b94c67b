import { runCommandLine } from '../faces/cli/run-command-line.ts';
import { endWithReader } from './end-with-reader.ts';
import { packageVersion } from './package-folder.ts';

endWithReader(process.stdout);
process.exitCode = await runCommandLine(
  // Loaded only when there is work: help and questions to the ledger need none of it.
  {
    run: async (options) => (await import('./run/run-action.ts')).runAction(options),
    crew: async (options) => (await import('./crew/crew-action.ts')).crewAction(options),
    init: async (options) => (await import('./init/init-action.ts')).initAction(options),
    serve: async (options) => (await import('./app.ts')).serveAction(options),
    watch: async (options) => (await import('./watch.ts')).watchAction(options),
    say: async (options) => (await import('./say.ts')).sayAction(options),
    forge: async (options) => (await import('./forge-action.ts')).forgeAction(options),
    gc: async (options) => (await import('./collect-garbage.ts')).collectGarbage(options),
    doctor: async (options) => (await import('./doctor.ts')).examine(options),
    action: async () => (await import('./action.ts')).actionAction(),
  },
  {
    args: process.argv.slice(2),
    cwd: process.cwd(),
    version: packageVersion(),
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
  },
);
