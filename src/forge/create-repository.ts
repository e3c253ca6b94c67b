import { randomInt } from 'node:crypto';
import { bareRepositoryPath, type ForgeContext, now } from './context.ts';
import type { CreatedRepository } from './forge.ts';
import { initRepository } from './git/init-repository.ts';
import { repositoryPage } from './render/repository.ts';
import { findInstallation } from './store/installations.ts';
import { findRepository } from './store/repositories.ts';
import type { RepositoryRow, UserRow } from './store/rows.ts';
import { ensureUser } from './store/users.ts';
import { emitInstallation } from './webhooks/emit-installation.ts';

/** A name that GitHub would not take, or that git would not take as a branch. */
export class InvalidNameError extends Error {
  override readonly name = 'InvalidNameError';
  readonly value: string;
  constructor(what: string, value: string) {
    super(`${JSON.stringify(value)} can't be the name of ${what}`);
    this.value = value;
  }
}

/** GitHub's labels of a new repository. */
const firstLabels: readonly (readonly [name: string, color: string, description: string])[] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['duplicate', 'cfd3d7', 'This issue or pull request already exists'],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['invalid', 'e4e669', "This doesn't seem right"],
  ['question', 'd876e3', 'Further information is requested'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
];

/**
 * Makes a repository, its owner where that is new, and the App's installation on it. An existing one is returned.
 * @throws InvalidNameError
 */
export async function createRepository(
  context: ForgeContext,
  input: {
    readonly owner: string;
    readonly name: string;
    readonly private?: boolean;
    readonly defaultBranch?: string;
  },
): Promise<CreatedRepository> {
  checkName('an owner', input.owner, /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/);
  checkName('a repository', input.name, /^(?!\.{1,2}$)(?!.*\.git$)[A-Za-z0-9._-]{1,100}$/);
  const branch = input.defaultBranch ?? 'main';
  checkName('a branch', branch, /^(?!-)(?!.*(?:\.\.|\/\/|@\{|\.lock$|\/$|\.$))[\w./-]+$/);
  const existing = findRepository(context.store, input.owner, input.name);
  const repository = existing ?? insert(context, input, branch);
  const path = bareRepositoryPath(context, repository.id);
  await initRepository(path, repository.default_branch);
  const page = repositoryPage(context.view, repository);
  return {
    id: repository.id,
    fullName: page.slice(context.view.html.length + 1),
    bareRepository: path,
    cloneUrl: `${page}.git`,
  };
}

function checkName(what: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) throw new InvalidNameError(what, value);
}

function insert(
  context: ForgeContext,
  input: { readonly owner: string; readonly name: string; readonly private?: boolean },
  branch: string,
): RepositoryRow {
  const { store } = context;
  return store.transaction(() => {
    const at = now(context);
    const owner = ensureUser(store, input.owner, 'User', at);
    const { id } = store.run(
      `INSERT INTO repositories (owner_id, name, private, default_branch, created_at, updated_at, pushed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      owner.id,
      input.name,
      input.private === true ? 1 : 0,
      branch,
      at,
      at,
      at,
    );
    for (const [name, color, description] of firstLabels) {
      store.run(
        'INSERT INTO labels (repository_id, name, color, description, is_default) VALUES (?, ?, ?, ?, 1)',
        id,
        name,
        color,
        description,
      );
    }
    install(context, owner);
    const created = findRepository(store, input.owner, input.name);
    if (created === undefined) throw new Error('a repository that was just stored is gone');
    return created;
  });
}

/** Installs the App on an account's first repository; the first account of all takes the forge's own installation and token. */
function install(context: ForgeContext, owner: UserRow): void {
  const { store, identity } = context;
  if (findInstallation(store, owner.id) !== undefined) return;
  const claimed = store.run(
    'UPDATE installations SET account_id = ? WHERE id = ? AND account_id IS NULL',
    owner.id,
    identity.installationId,
  );
  if (claimed.changes === 1) {
    store.run('INSERT INTO tokens (token, user_id) VALUES (?, ?)', identity.userToken, owner.id);
  } else {
    store.run(
      'INSERT INTO installations (id, account_id, created_at) VALUES (?, ?, ?)',
      randomInt(100_000_000, 1_000_000_000),
      owner.id,
      now(context),
    );
  }
  const installation = findInstallation(store, owner.id);
  if (installation === undefined) throw new Error('an installation that was just stored is gone');
  emitInstallation(context, installation.id, 'created', owner);
}
