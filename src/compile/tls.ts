import type { Report } from '../diagnostics/diagnostic.ts';
import type { Ingress, IngressTls } from '../resources/model.ts';
import type { CertificateStore, UsableSecret } from './certificates.ts';
import { secretNameRef } from './certificates.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import { certificateForOtherHost, missingCertificate } from './rules.ts';

/** The TLS of all hosts. */
export interface TlsTable {
  /** Whether a certificate is registered for the host or for its wildcard, be it the default one. */
  readonly hasTls: (host: string) => boolean;
  /** The id of the certificate that clients of the host see; undefined: the default one. */
  readonly certificateOf: (host: string) => string | undefined;
}

function wildcardOf(host: string): string {
  return `*${host.slice(host.indexOf('.'))}`;
}

/**
 * The TLS entry of an Ingress for a host: the first that lists the host, word for word; else the first whose
 * certificate covers it, where a common name does not count.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, extractTLSSecretName.
 */
function entryFor(ingress: Ingress, host: string, store: CertificateStore): IngressTls | undefined {
  const listed = ingress.tls.find(tls => tls.hosts.some(name => name.toLowerCase() === host));
  if (listed !== undefined) return listed;
  return ingress.tls.find(
    ({ secretName }) =>
      secretName !== '' && store.peek(ingress.namespace, secretName)?.coversByAlternativeName(host) === true,
  );
}

/** The certificate of a host as its Ingress asks for it; undefined, and said, if it gets the default one. */
function choose(ingress: Ingress, host: string, store: CertificateStore, report: Report): UsableSecret | undefined {
  const tls = entryFor(ingress, host, store);
  if (tls === undefined) {
    for (const { secretName, at } of ingress.tls) {
      if (secretName !== '') store.use(ingress.namespace, secretName, secretNameRef({ at }));
    }
    const at = ingress.tls[0]?.at;
    const message = `no TLS entry of the Ingress fits the host "${host}"; the default certificate is shown`;
    report({
      rule: missingCertificate,
      message,
      help: `list "${host}" under tls.hosts`,
      ...(at === undefined ? {} : { at }),
    });
    return undefined;
  }
  if (tls.secretName === '') return undefined;
  const secret = store.use(ingress.namespace, tls.secretName, secretNameRef(tls));
  if (secret === undefined || secret.covers(host)) return secret;
  const message = `the certificate of Secret ${ingress.namespace}/${tls.secretName} does not cover "${host}"; the default one is shown`;
  report({ rule: certificateForOtherHost, message, help: 'use a certificate for this host', at: secretNameRef(tls) });
  return undefined;
}

/**
 * Gives every host its certificate: that of the oldest Ingress with a rule for it and a TLS section. A host without one
 * shows the certificate of its wildcard, as in the controller. The default server keeps the default certificate.
 */
export function assignCertificates(hosts: readonly HostDraft[], store: CertificateStore, report: Report): TlsTable {
  const chosen = new Map<string, string | undefined>();
  for (const { host, plans } of hosts) {
    if (host === DEFAULT_HOST) continue;
    const owner = plans.find(({ ingress }) => ingress.tls.length > 0);
    if (owner !== undefined) chosen.set(host, choose(owner.ingress, host, store, report)?.id);
  }
  const wildcards = new Map<string, string | undefined>();
  for (const [host, id] of chosen) if (host.startsWith('*.')) wildcards.set(host, id);
  const ofWildcard = <T>(host: string, answer: (wildcard: string) => T): T | undefined =>
    wildcards.size === 0 ? undefined : answer(wildcardOf(host));
  return {
    hasTls: host => chosen.has(host) || ofWildcard(host, wildcard => wildcards.has(wildcard)) === true,
    certificateOf: host =>
      chosen.has(host) ? chosen.get(host) : ofWildcard(host, wildcard => wildcards.get(wildcard)),
  };
}
