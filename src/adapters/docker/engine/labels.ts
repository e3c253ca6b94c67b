import { createHash, randomBytes } from 'node:crypto';
import type { SandboxLabels } from '../../../town/ports/sandbox.ts';

/** The labels that containers and images of a town carry. */
export const label = {
  town: 'gas-town.town',
  convoy: 'gas-town.convoy',
  purpose: 'gas-town.purpose',
  /** Key of the snapshot that an image is. */
  snapshot: 'gas-town.snapshot',
  /** Tree of the snapshot that an image is, or that a container started from. */
  tree: 'gas-town.tree',
  /** What the snapshots of one rig have in common: image, set-up and the rig's name. */
  line: 'gas-town.line',
  /** What an egress proxy lets through, by a hash. */
  allow: 'gas-town.allow',
  /** How many snapshots an image is made of. */
  depth: 'gas-town.depth',
} as const;

export function containerLabels(town: string, labels: SandboxLabels, tree: string): Record<string, string> {
  return {
    [label.town]: town,
    [label.convoy]: labels.convoy,
    [label.purpose]: labels.purpose,
    [label.snapshot]: '',
    [label.tree]: tree,
    [label.line]: '',
    [label.depth]: '',
  };
}

/** What is known of a snapshot by its labels. */
export interface SnapshotFacts {
  readonly key: string;
  readonly tree: string;
  /** Empty when it belongs to no line. */
  readonly line: string;
  readonly depth: number;
}

/** Labels of a snapshot's image: each one that its container carried is set anew, since a commit inherits them. */
export function snapshotLabels(town: string, facts: SnapshotFacts): Record<string, string> {
  return {
    [label.town]: town,
    [label.convoy]: '',
    [label.purpose]: 'snapshot',
    [label.snapshot]: facts.key,
    [label.tree]: facts.tree,
    [label.line]: facts.line,
    [label.depth]: String(facts.depth),
  };
}

/** A name that the engine takes as part of its own names. */
export const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** An image may serve several convoys; each holds it by a tag of its own and it goes with the last of them. */
export const snapshotRepositories = (town: string): string => `gas-town-snapshot/${short(town)}`;
export const snapshotRepository = (town: string, convoy: string): string =>
  `${snapshotRepositories(town)}/${short(convoy)}`;
export const snapshotTag = (key: string): string => key.slice(0, 32);

/** The latest snapshot of each line is held beyond its convoy. */
export const lineRepositories = 'gas-town-line';
export const lineRepository = (town: string): string => `${lineRepositories}/${short(town)}`;

/** A container's name says whose session it serves: unlike a label, a name can be given to one that runs already. */
export const sessionPrefix = (town: string, session: string): string =>
  `gas-town-${short(town)}-${short(session)}-`;

export const newContainerName = (town: string, session: string): string =>
  `${sessionPrefix(town, session)}${randomBytes(6).toString('hex')}`;

export const filters = (...pairs: readonly (readonly [string, string])[]): { label: string[] } => ({
  label: pairs.map(([name, value]) => `${name}=${value}`),
});
