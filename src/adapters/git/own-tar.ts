import { Transform } from 'node:stream';

const block = 512;

/** Uid and gid of the user that works in a sandbox. */
export const sandboxUser = 1000;

/**
 * Gives every entry of a tar stream to the sandbox user, dated `seconds` (Unix time). git writes uid 0 and its own clock.
 * Names and contents pass byte for byte, so that names which are not UTF-8 survive. The stream ends only after `complete`
 * has resolved, and fails when it rejects: a tar that is merely cut off can look whole.
 */
export function ownTar(seconds: number, complete: Promise<unknown>): Transform {
  let pending: Buffer = Buffer.alloc(0);
  /** Bytes of content (padded) still to pass on before the next header. */
  let content = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      let rest: Buffer = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
      while (rest.length > 0) {
        if (content > 0) {
          const passed = rest.subarray(0, Math.min(content, rest.length));
          content -= passed.length;
          rest = rest.subarray(passed.length);
          this.push(passed);
        } else if (rest.length < block) {
          break;
        } else {
          const header = Buffer.from(rest.subarray(0, block));
          content = ownHeader(header, seconds);
          rest = rest.subarray(block);
          this.push(header);
        }
      }
      pending = rest;
      done();
    },
    flush(done) {
      complete.then(
        () => done(pending.length > 0 || content > 0 ? new Error('The tar stream was cut off.') : null),
        done,
      );
    },
  });
}

/** Rewrites a header in place; returns the padded length of its content. Fields: POSIX ustar. */
function ownHeader(header: Buffer, seconds: number): number {
  if (header.every((byte) => byte === 0)) return 0;
  const octal = (value: number, at: number, length: number): void => {
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, length, 'latin1');
  };
  octal(sandboxUser, 108, 8);
  octal(sandboxUser, 116, 8);
  octal(seconds, 136, 12);
  header.fill(0, 265, 329);
  header.fill(' ', 148, 156);
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
  const size = Number.parseInt(header.toString('latin1', 124, 136), 8) || 0;
  return Math.ceil(size / block) * block;
}
