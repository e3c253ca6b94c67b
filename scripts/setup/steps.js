import { browser } from './step-browser.js';
import { dependencies } from './step-dependencies.js';
import { engine } from './step-engine.js';
import { image } from './step-image.js';
import { node } from './step-node.js';

/** What the demo needs, in the order in which it is made. */
export const demoSteps = [dependencies, node, engine, image];

/** What the whole test suite needs. */
export const testSteps = [...demoSteps, browser];
