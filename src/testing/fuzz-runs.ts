/** How many cases a fuzz test tries: `usual`, times `GASTOWN_FUZZ` where that is set (`GASTOWN_FUZZ=50 npm run unit -- fuzz`). */
export const fuzzRuns = (usual: number): number =>
  Math.max(1, Math.round(usual * Number(process.env.GASTOWN_FUZZ ?? 1)));
