import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import type { StreamId } from '../../domain/event.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';

/** Where the ledger's refs live in a repository; GitHub starts no workflow and sends no webhook for them. */
export const refsPrefix = 'refs/gas-town/';
export const archiveRef = `${refsPrefix}archive`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The ref of a stream. A repository holds its own streams only, so its number is not in the name. */
export function refOf(stream: StreamId): string {
  const [kind, first = '', second = ''] = stream.split('/');
  if (kind === 'convoy') return `${refsPrefix}convoy/${second}`;
  if (kind === 'rig') return `${refsPrefix}rig`;
  if (kind === 'town') return `${refsPrefix}town`;
  if (!uuid.test(first)) throw new RangeError(`${stream} has no name that a ref can have.`);
  return `${refsPrefix}session/${first}`;
}

/** The stream of a ref, or null for a ref that is none of a stream. */
export function streamOf(ref: string, repositoryId: number): StreamId | null {
  const [kind, name = ''] = ref.startsWith(refsPrefix) ? ref.slice(refsPrefix.length).split('/') : [];
  if (kind === 'convoy' && /^\d+$/.test(name)) return convoyStream(repositoryId, Number(name));
  if (kind === 'session' && uuid.test(name)) return `session/${name}`;
  if (kind === 'rig') return rigStream(repositoryId);
  return kind === 'town' ? 'town' : null;
}

/** Streams of one writer are written here first and pushed later; every other has several, and a push decides. */
export const hasOneWriter = (stream: StreamId): boolean => stream.startsWith('session/');
