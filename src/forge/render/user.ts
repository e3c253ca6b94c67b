import type { UserRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `simple-user`. */
export function renderUser(view: View, user: UserRow): Json {
  const name = encodeURIComponent(user.login);
  const url = `${view.api}/users/${name}`;
  const page = user.type === 'Bot' ? `apps/${user.login.replace(/\[bot\]$/, '')}` : name;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(user.type, user.id),
    avatar_url: `${view.html}/avatars/u/${user.id}`,
    gravatar_id: '',
    url,
    html_url: `${view.html}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function renderUserById(view: View, id: number | null): Json | null {
  return id === null ? null : renderUser(view, findUserById(view.store, id));
}

/** GitHub's `public-user`. */
export function renderPublicUser(view: View, user: UserRow): Json {
  const repositories = view.store.count(
    'SELECT count(*) FROM repositories WHERE owner_id = ? AND private = 0',
    user.id,
  );
  return {
    ...renderUser(view, user),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: repositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: user.created_at,
    updated_at: user.created_at,
  };
}

/** GitHub's `private-user`: what a user sees of itself. */
export function renderPrivateUser(view: View, user: UserRow): Json {
  const hidden = view.store.count(
    'SELECT count(*) FROM repositories WHERE owner_id = ? AND private = 1',
    user.id,
  );
  return {
    ...renderPublicUser(view, user),
    private_gists: 0,
    total_private_repos: hidden,
    owned_private_repos: hidden,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}
