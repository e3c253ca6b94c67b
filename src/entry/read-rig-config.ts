import { LineCounter, parseDocument } from 'yaml';
import { defaultSettings } from '../domain/config/default-settings.ts';
import { rigConfig, settingsFor } from '../domain/config/rig-config.ts';
import type { ConvoySettings } from '../domain/convoy/settings.ts';
import type { GitStore } from '../town/ports/git-store.ts';
import { findVerifyCommand } from '../town/refinery/find-verify-command.ts';
import type { SettingsResult, Town } from '../town/town.ts';

const configPath = '.github/gas-town.yml';
const configBytesMax = 64 * 1024;

/**
 * Settings from the rig's own config as it stands at the base commit, over the town's defaults. A verification that nobody
 * named is looked for in the base tree.
 */
export function settingsFromRig(image: string, path: string = configPath): Town['settingsFor'] {
  return async (_rig, store, base) => {
    const text = await configText(store, base, path);
    const result: SettingsResult =
      text === null ? { status: 'ok', settings: { ...defaultSettings, image } } : readRigConfig(text, image);
    return result.status === 'ok'
      ? { status: 'ok', settings: await withVerify(result.settings, store, base) }
      : result;
  };
}

/** The same settings, with the verification that the base tree itself suggests where none is named. */
export async function withVerify(
  settings: ConvoySettings,
  store: GitStore,
  base: string,
): Promise<ConvoySettings> {
  return settings.verify === null ? { ...settings, verify: await findVerifyCommand(store, base) } : settings;
}

async function configText(store: GitStore, base: string, path: string): Promise<string | null> {
  const bytes = await store.readFile(base, path, configBytesMax);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** Parses and checks a config; each problem names its line and its field. */
export function readRigConfig(text: string, image: string): SettingsResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      (error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`,
    );
    return { status: 'invalid', problems };
  }
  const content = contentOf(document);
  if (content === null)
    return { status: 'invalid', problems: ['the file: its aliases lead nowhere, or to too much'] };
  const parsed = rigConfig.safeParse(content.value ?? {});
  if (parsed.success)
    return { status: 'ok', settings: settingsFor({ ...defaultSettings, image }, parsed.data) };
  const problems = parsed.error.issues.flatMap((issue) => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => {
      const what = issue.code === 'unrecognized_keys' ? 'there is no such field' : issue.message;
      return `${lineOf(document, lines, path)}${path.join('.') || 'the file'}: ${what}`;
    });
  });
  return { status: 'invalid', problems };
}

/** Null where aliases name nothing, or stand for so much that they could only be meant to do harm. */
function contentOf(document: ReturnType<typeof parseDocument>): { readonly value: unknown } | null {
  try {
    return { value: document.toJS() };
  } catch (error) {
    // What the parser throws for aliases, and for nothing else.
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
): string {
  const node = document.getIn(path as string[], true);
  const start = (node as { range?: readonly number[] } | undefined)?.range?.[0];
  return start === undefined ? '' : `line ${lines.linePos(start).line}: `;
}
