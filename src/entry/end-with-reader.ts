/**
 * Ends the program when whoever reads its output goes away (`| head`), as the signal for it would: a run that is at work stops
 * cleanly, anything else ends at once and without a word.
 */
export function endWithReader(stdout: NodeJS.WriteStream): void {
  let gone = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (gone) return;
    gone = true;
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
  });
}
