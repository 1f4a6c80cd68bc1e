import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const TOKEN = 'tester-token';

/** Makes a certificate for 127.0.0.1, signed by itself: the file of the CA is the certificate. */
export function makeCertificate(folder: string): { readonly key: Buffer; readonly cert: Buffer } {
  const [key, cert] = [join(folder, 'server.key'), join(folder, 'ca.crt')];
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650'];
  const subject = ['-subj', '/CN=scripted-api-server', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const { status, stderr } = spawnSync('openssl', [...words, ...subject, '-keyout', key, '-out', cert]);
  if (status !== 0) throw new Error(`openssl could not make a certificate: ${String(stderr)}`);
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** Writes a kubeconfig and gives its path. */
export function writeKubeconfig(folder: string, name: string, port: number, token: string): string {
  const path = join(folder, name);
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': join(folder, 'ca.crt') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'tester',
    clusters: [{ name: 'scripted', cluster }],
    users: [{ name: 'tester', user: { token } }],
    contexts: [{ name: 'tester', context: { cluster: 'scripted', user: 'tester' } }],
  };
  writeFileSync(path, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
  return path;
}
