/** Variables of the host that a git process may see: how to find programs, proxies and trusted certificates. */
const passedOn = [
  'PATH',
  'TMPDIR',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

/**
 * Settings for every git process. No hook, no credential helper, no background process; objects and refs are on the disk
 * before git says so; a transfer that stalls for a minute fails instead of hanging.
 */
const settings: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['core.fsync', 'objects,derived-metadata,reference'],
  ['core.fsyncMethod', 'batch'],
  ['core.quotePath', 'false'],
  ['credential.helper', ''],
  ['gc.autoDetach', 'false'],
  ['maintenance.autoDetach', 'false'],
  ['tar.umask', '0022'],
  ['merge.conflictStyle', 'diff3'],
  ['merge.renames', 'true'],
  ['diff.renames', 'true'],
  ['fetch.fsckObjects', 'true'],
  // Old history is full of these three, and none of them can hurt a reader.
  ['fetch.fsck.zeroPaddedFilemode', 'ignore'],
  ['fetch.fsck.badTimezone', 'ignore'],
  ['fetch.fsck.missingSpaceBeforeDate', 'ignore'],
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
  ['protocol.allow', 'never'],
  ['protocol.http.allow', 'always'],
  ['protocol.https.allow', 'always'],
];

export interface GitEnvironmentOptions {
  readonly host: Readonly<Record<string, string | undefined>>;
  /** Settings for one process; secrets travel here because other users can't read a process's environment. */
  readonly extra?: readonly (readonly [string, string])[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** The whole environment of a git process: nothing of the host's own git configuration reaches it. */
export function gitEnvironment(options: GitEnvironmentOptions): Record<string, string> {
  const environment: Record<string, string> = {
    LC_ALL: 'C',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
  for (const name of passedOn) {
    const value = options.host[name];
    if (value !== undefined) environment[name] = value;
  }
  const all = [...settings, ...(options.extra ?? [])];
  environment.GIT_CONFIG_COUNT = String(all.length);
  for (const [index, [key, value]] of all.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return { ...environment, ...options.variables };
}
