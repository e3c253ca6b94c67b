import { createInterface } from 'node:readline/promises';

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Asks a person whether a file may be written over; where nobody can answer, it may not. */
export async function askOverwrite(path: string, { input, output }: Terminal): Promise<boolean> {
  if (!input.isTTY || !output.isTTY) return false;
  const lines = createInterface({ input, output });
  try {
    const answer = await lines.question(`${path} is there and differs. Write over it? [y/N] `);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
