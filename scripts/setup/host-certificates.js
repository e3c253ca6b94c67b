import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where Debian's ca-certificates package keeps the public ones, which the images get from the same package. */
const publicFolder = '/usr/share/ca-certificates/mozilla';

/**
 * The certificates that this host trusts beyond the public ones: those in the bundles that `NODE_EXTRA_CA_CERTS` and
 * `SSL_CERT_FILE` name, less the distribution's own.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} PEM blocks, each once, in a stable order
 */
export function hostCertificates(env) {
  const bundles = [...new Set([env.NODE_EXTRA_CA_CERTS, env.SSL_CERT_FILE])].filter(Boolean);
  if (bundles.length === 0) return [];
  const known = new Set(publicCertificates().map(fingerprint));
  const own = new Map();
  for (const pem of bundles.flatMap(certificatesIn)) {
    const print = fingerprint(pem);
    if (!known.has(print)) own.set(print, pem);
  }
  return [...own.keys()].sort().map((print) => own.get(print));
}

function publicCertificates() {
  return unlessMissing(() => readdirSync(publicFolder), []).flatMap((name) =>
    certificatesIn(path.join(publicFolder, name)),
  );
}

/** A bundle that the environment names and that isn't there counts as empty, as it does for the programs it is meant for. */
function certificatesIn(file) {
  const text = unlessMissing(() => readFileSync(file, 'utf8'), '');
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}

function unlessMissing(read, otherwise) {
  try {
    return read();
  } catch (error) {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  }
}

function fingerprint(pem) {
  return new X509Certificate(pem).fingerprint256;
}
