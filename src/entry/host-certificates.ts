import { readFile } from 'node:fs/promises';

/** The CA bundle that this host was told to trust; null where it has none of its own. */
export async function hostCertificates(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Buffer | null> {
  const file = env.NODE_EXTRA_CA_CERTS || env.SSL_CERT_FILE;
  return file ? readFile(file) : null;
}
