/** GitHub holds at most 100 sub-issues under one issue. */
export const beadCountMax = 100;
/** GitHub cuts issue titles at 256 characters. */
export const beadTitleLengthMax = 256;
/** With the town's own block around it a bead's text still fits GitHub's 65,536 characters of an issue's body. */
export const beadTextLengthMax = 50_000;
export const noteLengthMax = 20_000;
