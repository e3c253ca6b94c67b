// Stops the private Docker engine that set-up started. Its images stay; the next set-up starts it again.
import { engineFiles, stopPrivateEngine } from './setup/private-engine.js';

const stopped = await stopPrivateEngine(process.env);
console.log(
  stopped
    ? 'The private engine has stopped.'
    : `No private engine runs in ${engineFiles(process.env).folder}.`,
);
