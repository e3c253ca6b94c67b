import { writeFileSync } from 'node:fs';
import { renderForgeDocs } from './render-forge-docs.ts';

writeFileSync(new URL('../../../docs/forge.md', import.meta.url), renderForgeDocs());
