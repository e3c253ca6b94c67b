import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const repositoryRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
