import { createPublicKey, generateKeyPair, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { randomToken } from './auth/random-token.ts';
import { type AppIdentity, timestamp } from './context.ts';
import type { AppPermissions, ForgeOptions } from './forge.ts';
import type { Store } from './store/store.ts';
import { ensureUser } from './store/users.ts';

/** Everything that the forge's operations can ask of an App. */
const allPermissions: AppPermissions = {
  actions: 'write',
  administration: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
  workflows: 'write',
};

/** Every event that the forge sends and an App subscribes to. */
export const allEvents: readonly string[] = [
  'check_run',
  'check_suite',
  'create',
  'delete',
  'issue_comment',
  'issue_dependencies',
  'issues',
  'label',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
  'repository',
  'repository_dispatch',
  'status',
  'sub_issues',
  'workflow_dispatch',
  'workflow_job',
  'workflow_run',
];

/** What is stored of it; the rest is made from that, or told at each start. */
type StoredIdentity = Omit<AppIdentity, 'publicKey' | 'permissions' | 'events'>;

/** Reads the App that this store was made with, or makes one. Ids are random, so that forges in one process never meet. */
export async function loadIdentity(
  store: Store,
  options: Pick<ForgeOptions, 'appPermissions' | 'appEvents'>,
  at: Date,
): Promise<AppIdentity> {
  const row = store.one<{ value: string }>("SELECT value FROM settings WHERE key = 'identity'");
  const stored =
    row === undefined ? await makeIdentity(store, at) : (JSON.parse(row.value) as StoredIdentity);
  return {
    ...stored,
    publicKey: createPublicKey(stored.privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    permissions: { metadata: 'read', ...(options.appPermissions ?? allPermissions) },
    events: options.appEvents ?? allEvents,
  };
}

async function makeIdentity(store: Store, at: Date): Promise<StoredIdentity> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return store.transaction(() => storeIdentity(store, at, privateKey));
}

function storeIdentity(store: Store, at: Date, privateKey: string): StoredIdentity {
  const slug = 'gas-town';
  const identity: StoredIdentity = {
    id: randomInt(100_000, 1_000_000),
    slug,
    privateKey,
    clientId: `Iv1.${randomBytes(8).toString('hex')}`,
    webhookSecret: randomBytes(32).toString('hex'),
    installationId: randomInt(10_000_000, 100_000_000),
    userToken: randomToken('ghp_'),
    botUserId: ensureUser(store, `${slug}[bot]`, 'Bot', timestamp(at)).id,
    createdAt: timestamp(at),
  };
  store.run(
    'INSERT INTO installations (id, created_at) VALUES (?, ?)',
    identity.installationId,
    identity.createdAt,
  );
  store.run("INSERT INTO settings (key, value) VALUES ('identity', ?)", JSON.stringify(identity));
  return identity;
}
