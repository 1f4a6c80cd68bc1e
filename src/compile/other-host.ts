import type { Finding } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import { certificateForOtherHost } from './rules/certificates.ts';
import type { SecretUse } from './certificates.ts';

/** A certificate whose names do not fit the host that it is for. */
interface OtherHost extends Pick<SecretUse, 'key' | 'user'> {
  readonly names: readonly string[];
}

/** Says what a certificate is for, and how its names would have to differ. */
export function otherHostFinding(host: string, { key, user, names }: OtherHost): Finding {
  const held = names.length === 0 ? 'which names no host' : `which is for ${listed(names)}`;
  const message = `the certificate of Secret ${key}, ${held}, does not cover "${host}"; the default one is used`;
  return { rule: certificateForOtherHost, message, help: helpFor(host, names), at: user };
}

function helpFor(host: string, names: readonly string[]): string {
  const wildcard = names.find(name => name.startsWith('*.') && `.${host}`.endsWith(name.slice(1)));
  if (wildcard === undefined) return `use a certificate for ${host}`;
  const parent = wildcard.slice('*.'.length);
  if (host === parent) return `add ${host} to the names of the certificate: ${wildcard} stands for names below it`;
  const above = host.slice(host.indexOf('.'));
  return `${wildcard} stands for one label only: use a certificate for ${host} or *${above}`;
}
