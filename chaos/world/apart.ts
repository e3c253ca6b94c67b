import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { canMount } from '../../src/testing/ledger/on-small-disk.ts';

/**
 * Goes on in a mount namespace of its own, so that the town's folder can be a small disk that really gets full. Gives the exit
 * code of the process that goes on there, or null in that process itself, and on a machine that lets nobody mount.
 */
export async function goApart(): Promise<number | null> {
  if (process.env.GASTOWN_CHAOS_APART !== undefined) return null;
  if (!canMount) {
    console.error('This machine lets nobody mount a disk: the disk gets full in none of these runs.');
    return null;
  }
  const args = ['-rm', process.execPath, ...process.argv.slice(1)];
  const child = spawn('unshare', args, {
    stdio: 'inherit',
    env: { ...process.env, GASTOWN_CHAOS_APART: '1' },
  });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
}
