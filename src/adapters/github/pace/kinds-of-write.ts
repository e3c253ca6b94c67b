interface KindOfWrite {
  readonly pattern: RegExp;
  readonly priority: number;
  /** It notifies people. */
  readonly creates: boolean;
}

/** What is urgent is what a person waits for; what nobody waits for goes last. The first that fits is taken. */
const kinds: readonly KindOfWrite[] = [
  { pattern: /^POST .*\/comments\/[^/]+\/reactions$/, priority: 0, creates: false },
  { pattern: /^POST .*\/(issues|pulls)\/[^/]+\/comments(\/[^/]+\/replies)?$/, priority: 0, creates: true },
  { pattern: /^POST .*\/pulls(\/[^/]+\/requested_reviewers)?$/, priority: 1, creates: true },
  { pattern: /^POST .*\/check-runs$/, priority: 1, creates: false },
  { pattern: /^PATCH .*\/issues\/comments\/[^/]+$/, priority: 2, creates: false },
  { pattern: /^POST .*\/issues$/, priority: 3, creates: true },
  { pattern: /^POST .*\/graphql$/, priority: 3, creates: true },
  { pattern: /^POST .*\/dependencies\/blocked_by$/, priority: 4, creates: false },
  { pattern: /^POST .*\/sub_issues$/, priority: 4, creates: false },
];

const other: Omit<KindOfWrite, 'pattern'> = { priority: 5, creates: false };

/** How urgent a request is, and how far from the last one it stays; `url` without its query. */
export function kindOfWrite(method: string, url: string): Omit<KindOfWrite, 'pattern'> {
  return kinds.find(({ pattern }) => pattern.test(`${method} ${url}`)) ?? other;
}
