/** What a client of github.com would notice, and the forge does on purpose or lacks. One sentence each, in Markdown. */
export const knownDifferences: readonly string[] = [
  'One GitHub App, owned by the account of its first installation, installed on every account that owns a repository and on all its repositories. There are no OAuth Apps, no personal Apps and no way to create one.',
  'Accounts are users. There are no organisations, teams, forks, milestones, projects, discussions, releases, gists or packages; fields that name them are null, empty or zero.',
  'Users and repositories come from the program that starts the forge, not from the API.',
  'Webhooks go to the App alone, one after another in the order of what caused them. GitHub promises no order. They are kept for ever and not for three days.',
  'Webhooks wait until the App has a URL. GitHub drops what has none.',
  'A pull request joins two branches of one repository. Mergeability is known at once and never `null` in an answer about an open one.',
  'Collaborators are added at once, without an invitation; a transfer of a repository takes effect at once.',
  'A protected branch knows required approvals, required checks, enforcement for administrators, force pushes and deletions. Restrictions and required signatures are refused, and what is not named here is off.',
  'Commits made through the API are not signed; `verification` always says so.',
  'A user is known in commits by its `noreply` address alone.',
  'Rate limits and content-creation limits count only where they are switched on; otherwise the headers show a full allowance.',
  'A body of an issue or a comment is not rendered: `body_html` and `body_text` are never sent, and mentions notify nobody.',
  'Reviews of a diff stand where they were made: a new push does not make them outdated.',
  'Deleted comments and refs are gone; there is no audit log, no timeline and no list of an issue’s events.',
  'No Actions runner is here. A dispatch is a webhook and a record of it; workflow files are not read or run.',
];
