/** The repository's number in a convoy's stream, as SQL text: `7` of `convoy/7/12`. */
export const rigOfConvoy = `substr(convoy, 8, instr(substr(convoy, 8), '/') - 1)`;

export interface OfRigs {
  /** A condition on the column `convoy`. */
  readonly where: string;
  readonly values: readonly string[];
}

/** Narrows a query to the convoys of these rigs, by their numbers; null for all. */
export const ofRigs = (rigs: readonly number[] | null): OfRigs =>
  rigs === null
    ? { where: 'true', values: [] }
    : {
        where: `${rigOfConvoy} IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(rigs.map(String))],
      };
