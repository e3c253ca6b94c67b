/** A place in the tree that a program's output speaks of. */
export interface OutputPlace {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const placesMax = 50;
const messageLengthMax = 500;
/** A line that is longer is no compiler's. */
const lineLengthMax = 1000;

/** `path:line[:column]` and `path(line,column)` as compilers, linters and stack traces write them; Python says it in words. */
const places: readonly RegExp[] = [
  /(?<path>[\w@.+/-]*[\w+-]\.\w{1,8}):(?<line>\d{1,7})(?::\d+)?/,
  /(?<path>[\w@.+/-]*[\w+-]\.\w{1,8})\((?<line>\d{1,7})(?:,\d+)?\)/,
  /File "(?<path>[^"\n]{1,300})", line (?<line>\d{1,7})/,
];

/**
 * The places of the tree that a red output names, each once, with the line that names it. `isThere` says whether a path is in
 * the tree: what is not is a library's, or nobody's.
 */
export function findPlaces(output: string, isThere: (path: string) => boolean): readonly OutputPlace[] {
  const found = new Map<string, OutputPlace>();
  for (const line of output.split('\n')) {
    const place = placeIn(line.slice(0, lineLengthMax), isThere);
    if (place === null || found.size >= placesMax) continue;
    const key = `${place.path}:${place.line}`;
    if (!found.has(key)) found.set(key, place);
  }
  return [...found.values()];
}

function placeIn(text: string, isThere: (path: string) => boolean): OutputPlace | null {
  for (const pattern of places) {
    const { path = '', line = '' } = pattern.exec(text)?.groups ?? {};
    const own = path.replace(/^(?:.*?\/)?workspace\//, '').replace(/^(?:\.\/)+/, '');
    if (own !== '' && Number(line) > 0 && isThere(own)) {
      return { path: own, line: Number(line), message: text.trim().slice(0, messageLengthMax) };
    }
  }
  return null;
}
