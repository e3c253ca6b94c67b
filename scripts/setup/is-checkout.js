import { existsSync } from 'node:fs';
import path from 'node:path';

/** Tells a checkout, where set-up installs the dependencies, from an installed package, where npm has done so. */
export function isCheckout(root) {
  return existsSync(path.join(root, 'package-lock.json'));
}
