import { createHash } from 'node:crypto';
import type { SandboxLabels } from '../../town/ports/sandbox.ts';

/** The labels that containers and images of a town carry, and the tags by which a convoy holds on to its snapshots. */
export const label = {
  town: 'gas-town.town',
  convoy: 'gas-town.convoy',
  purpose: 'gas-town.purpose',
  session: 'gas-town.session',
  /** Key of the snapshot that an image is. */
  snapshot: 'gas-town.snapshot',
  /** Tree of the snapshot that an image is, or that a container started from. */
  tree: 'gas-town.tree',
} as const;

export function containerLabels(town: string, labels: SandboxLabels, tree: string): Record<string, string> {
  return {
    [label.town]: town,
    [label.convoy]: labels.convoy,
    [label.purpose]: labels.purpose,
    [label.session]: labels.session ?? '',
    [label.snapshot]: '',
    [label.tree]: tree,
  };
}

/** Labels of a snapshot's image: each one that its container carried is set anew, since a commit inherits them. */
export function snapshotLabels(town: string, key: string, tree: string): Record<string, string> {
  return {
    [label.town]: town,
    [label.convoy]: '',
    [label.purpose]: 'snapshot',
    [label.session]: '',
    [label.snapshot]: key,
    [label.tree]: tree,
  };
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** An image may serve several convoys; each holds it by a tag of its own and it goes with the last of them. */
export const snapshotRepository = (town: string, convoy: string): string =>
  `gas-town-snapshot/${short(town)}/${short(convoy)}`;

export const snapshotTag = (key: string): string => key.slice(0, 32);

export const filters = (...pairs: readonly (readonly [string, string])[]): { label: string[] } => ({
  label: pairs.map(([name, value]) => `${name}=${value}`),
});
