import { randomUUID } from 'node:crypto';

type Annotation = 'error' | 'warning' | 'notice';

/**
 * The log of a job of GitHub Actions. What agents and repositories say goes through `write`, between `stop-commands` and
 * its end, so that a line of theirs that looks like a workflow command is only a line.
 * Source: docs.github.com, "Workflow commands for GitHub Actions".
 */
export interface JobLog {
  write(text: string): void;
  mask(secret: string): void;
  /** A fold in the log, until the next one or `endGroup`. */
  group(title: string): void;
  endGroup(): void;
  annotate(kind: Annotation, title: string, message: string): void;
}

export function openJobLog(print: (text: string) => void): JobLog {
  let resume: string | null = null;
  let isGroupOpen = false;
  let isLineOpen = false;
  const put = (text: string): void => {
    print(text);
    isLineOpen = !text.endsWith('\n');
  };
  const command = (name: string, properties: Readonly<Record<string, string>>, message: string): void => {
    if (isLineOpen) put('\n');
    if (resume !== null) put(`::${resume}::\n`);
    resume = null;
    const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
    put(`::${name}${list.length > 0 ? ` ${list.join(',')}` : ''}::${escapeMessage(message)}\n`);
  };
  const endGroup = (): void => {
    if (isGroupOpen) command('endgroup', {}, '');
    isGroupOpen = false;
  };
  return {
    write(text) {
      if (text === '') return;
      if (resume === null) {
        const token = randomUUID();
        command('stop-commands', {}, token);
        resume = token;
      }
      put(text);
    },
    mask(secret) {
      for (const line of secret.split(/\r?\n/)) if (line.trim() !== '') command('add-mask', {}, line);
    },
    group(title) {
      endGroup();
      command('group', {}, title);
      isGroupOpen = true;
    },
    endGroup,
    annotate: (kind, title, message) => command(kind, { title }, message),
  };
}

const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
