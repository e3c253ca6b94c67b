/** Whether a text names a host, or with `*.example.com` all below one: never an address, never a name without a dot. */
export const isHostPattern = (text: string): boolean =>
  /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text);
