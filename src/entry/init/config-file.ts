const page = 'https://github.com/gas-town-on-github/gas-town/blob/main/docs/configuration.md';

/** `.github/gas-town.yml` with its usual fields, commented out, but for what an App must be told. */
export const configFile = ({
  app,
}: {
  readonly app: boolean;
}): string => `# Written by \`gastown init\`. Every field may be left out. What each does, and the others:
# ${page}
${app ? '# Each bead in a run of GitHub Actions; without this line the App works them on its own engine.\nrunner: actions\n' : ''}# setup: npm ci
# verify: npm test
# polecats: 5
# memory: 512m
# cpus: 2
# budget_usd: 5
`;
