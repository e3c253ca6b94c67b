/** The image that set-up builds: what `--image` means by its default. */
export const defaultImage = 'rig';
