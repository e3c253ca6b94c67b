import { open, readFile, rename } from 'node:fs/promises';
import { parseEnv } from 'node:util';

/** Sets variables in an env file: those that it had stay, the file is whole at any moment, and its owner alone may read it. */
export async function writeEnv(file: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const all = { ...(await readEnv(file)), ...variables };
  const lines = Object.entries(all).map(([name, value]) => `${name}=${quote(value ?? '')}\n`);
  const part = `${file}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.writeFile(lines.join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}

async function readEnv(file: string): Promise<NodeJS.Dict<string>> {
  try {
    return parseEnv(await readFile(file, 'utf8'));
  } catch (error) {
    if (Object(error).code === 'ENOENT') return {};
    throw error;
  }
}

/** In quotes a line end is `\n`, for Node as for Docker Compose; a value that holds a quote itself stands in the other kind. */
function quote(value: string): string {
  if (/^[\w./:@+-]*$/.test(value)) return value;
  if (value.includes('"')) return `'${value}'`;
  return `"${value.replaceAll('\n', '\\n')}"`;
}
