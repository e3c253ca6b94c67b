const marker = /^(?:<{7}|\|{7}|>{7})(?: |$)/;

/** The conflict markers in a result that stood in neither side: lines of a document that shows markers are its own. */
export function leftMarkers(result: string, sides: readonly string[]): readonly string[] {
  const own = new Set(sides.flatMap((side) => side.split('\n').filter((line) => marker.test(line))));
  return result.split('\n').filter((line) => marker.test(line) && !own.has(line));
}
