import { actionsAppId, actionsBotLogin, jobPermissions } from '../auth/job-token.ts';
import type { InstallationRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { renderUser, renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `integration`: the App itself. Owned by the account of its first installation. */
export function renderApp(view: View): Json {
  const { identity, store } = view;
  const first = store.one<InstallationRow>(
    'SELECT * FROM installations WHERE id = ?',
    identity.installationId,
  );
  const owner = findUserById(store, first?.account_id ?? identity.botUserId);
  return {
    id: identity.id,
    slug: identity.slug,
    client_id: identity.clientId,
    node_id: nodeId('Integration', identity.id),
    owner: renderUser(view, owner),
    name: identity.slug,
    description: null,
    external_url: view.html,
    html_url: `${view.html}/apps/${identity.slug}`,
    created_at: identity.createdAt,
    updated_at: identity.createdAt,
    permissions: identity.permissions,
    events: identity.events,
  };
}

/** The App behind a bot user: the forge's own, or the built-in Actions App. */
export function renderAppOf(view: View, botId: number): Json {
  const own = renderApp(view);
  const bot = findUserById(view.store, botId);
  if (bot.login !== actionsBotLogin) return own;
  return {
    ...own,
    id: actionsAppId,
    slug: 'github-actions',
    client_id: 'Iv1.actions',
    node_id: nodeId('Integration', actionsAppId),
    owner: renderUser(view, bot),
    name: 'GitHub Actions',
    description: 'Automate your workflow from idea to production',
    html_url: `${view.html}/apps/github-actions`,
    permissions: jobPermissions,
    events: [],
  };
}

/** GitHub's `installation`. */
export function renderInstallation(view: View, installation: InstallationRow): Json {
  const { identity } = view;
  const url = `${view.api}/app/installations/${installation.id}`;
  return {
    id: installation.id,
    client_id: identity.clientId,
    account: renderUserById(view, installation.account_id),
    repository_selection: 'all',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${view.api}/installation/repositories`,
    html_url: `${view.html}/settings/installations/${installation.id}`,
    app_id: identity.id,
    app_slug: identity.slug,
    target_id: installation.account_id ?? 0,
    target_type: 'User',
    permissions: identity.permissions,
    events: identity.events,
    created_at: installation.created_at,
    updated_at: installation.created_at,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: renderUserById(view, installation.suspended_by),
    suspended_at: installation.suspended_at,
  };
}
