/** There is no git where the town looked for it. */
export class GitMissing extends Error {
  override readonly name = 'GitMissing';
  readonly program: string;
  constructor(program: string, options?: ErrorOptions) {
    super(`git was not found (looked for '${program}'). Install git 2.38 or newer and try again.`, options);
    this.program = program;
  }
}

/** The git that is there can't merge without a working tree. */
export class GitTooOld extends Error {
  override readonly name = 'GitTooOld';
  readonly found: string;
  readonly needed = '2.38.0';
  constructor(found: string) {
    super(
      `git ${found} is too old: merging without a working tree needs git 2.38 or newer. Please update git.`,
    );
    this.found = found;
  }
}

/** A git process ended in a way that its command does not allow for. `stderr` is its last 4 KiB. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  readonly command: string;
  readonly exitCode: number | null;
  readonly stderr: string;
  constructor(facts: { command: string; exitCode: number | null; stderr: string }, options?: ErrorOptions) {
    const ending = facts.exitCode === null ? 'was killed' : `ended with status ${facts.exitCode}`;
    super(`git ${facts.command} ${ending}: ${facts.stderr.trim() || 'no message'}`, options);
    this.command = facts.command;
    this.exitCode = facts.exitCode;
    this.stderr = facts.stderr;
  }
}

/** Nobody can say what became of a push: the remote refused to talk, or hung up before it had answered. */
export class PushUnanswered extends Error {
  override readonly name = 'PushUnanswered';
  constructor(options?: ErrorOptions) {
    super('The remote did not say what became of a push.', options);
  }
}

/** A remote that the town refuses to talk to: another protocol than http(s), or a secret inside the URL. */
export class RemoteRefused extends Error {
  override readonly name = 'RemoteRefused';
  readonly rule: 'protocol' | 'credentials-in-url' | 'not-a-url';
  constructor(rule: RemoteRefused['rule'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.rule = rule;
  }
}

/** A commit that was written is not the parent plus exactly the changes that were asked for. */
export class TreeMiswritten extends Error {
  override readonly name = 'TreeMiswritten';
  readonly commit: string;
  readonly asked: number;
  readonly written: number;
  constructor(commit: string, asked: number, written: number) {
    super(`Commit ${commit} should hold ${asked} changed entries and holds ${written}. It is not used.`);
    this.commit = commit;
    this.asked = asked;
    this.written = written;
  }
}
