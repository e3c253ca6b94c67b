/**
 * An action.yml that runs a published image in place of building one: `docker://` and its digest.
 * @param {string} text of the action.yml
 * @param {string} image `repository@sha256:...`
 * @returns {string | undefined} undefined where the image is not named by its digest
 */
export function pinnedAction(text, image) {
  if (!/^[\w.:/-]+@sha256:[0-9a-f]{64}$/.test(image)) return undefined;
  const line = /^ {2}image: .+$/m;
  if (!line.test(text)) throw new Error('action.yml names no image');
  return text.replace(line, `  image: docker://${image}`);
}
