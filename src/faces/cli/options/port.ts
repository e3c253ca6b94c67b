import { InvalidArgumentError } from 'commander';

/** A TCP port as it is written on the command line; 0 takes a free one. */
export function portNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new InvalidArgumentError('Give a port, 0 to 65535.');
  return number;
}
