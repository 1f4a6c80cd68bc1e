// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const VERSION = 'v0.6.7';
const FOLDER = join(homedir(), '.cache', `ingress2nginx-kubeconform-${VERSION}`);
const SCHEMAS = fileURLToPath(new URL('../src/resources/', import.meta.url));

/** The schema of each kind, by the name under which kubeconform looks for it. */
const KINDS = {
  'ingress-networking-v1': 'ingress.schema.json#/$defs/v1',
  'ingressclass-networking-v1': 'ingress-class.schema.json',
  'service-v1': 'service.schema.json',
  'endpointslice-discovery-v1': 'endpoint-slice.schema.json#/$defs/v1',
  'secret-v1': 'secret.schema.json',
  'configmap-v1': 'config-map.schema.json',
};

/** Its program, built from the Go module proxy once; undefined where there is no Go. */
function program() {
  const path = join(FOLDER, 'kubeconform');
  if (existsSync(path)) return path;
  const words = ['install', `github.com/yannh/kubeconform/cmd/kubeconform@${VERSION}`];
  const { status } = spawnSync('go', words, { env: { ...process.env, GOBIN: FOLDER }, stdio: 'ignore' });
  return status === 0 ? path : undefined;
}

/** The expressions of Go do not look ahead: they are left with what does not. */
const withoutLooks = (/** @type {string} */ schema) => schema.replaceAll(/\(\?<?[=!][^)]*\)/gu, '');

/**
 * A program that checks a file against the schemas of this project, with as many workers as kubeconform has by default,
 * and passes over the kinds that ingress2nginx passes over; undefined where there is no Go.
 * @param {string} file
 * @param {string} folder where the schemas may be written
 */
export function kubeconform(file, folder) {
  const command = program();
  if (command === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(SCHEMAS).filter(name => name.endsWith('.schema.json'))) {
    writeFileSync(join(folder, name), withoutLooks(readFileSync(join(SCHEMAS, name), 'utf8')));
  }
  for (const [name, target] of Object.entries(KINDS)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ $ref: `${pathToFileURL(folder).href}/${target}` }));
  }
  const where = join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
  return { command, words: ['-schema-location', where, '-ignore-missing-schemas', '-n', '4', file] };
}
