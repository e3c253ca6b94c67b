/** `.github/gas-town.yml` with its usual fields, commented out. */
export const configFile = `# Written by \`gastown init\`. Every field may be left out; docs/configuration.md says what each does.
# setup: npm ci
# verify: npm test
# polecats: 5
# memory: 512m
# cpus: 2
# budget_usd: 5
`;
