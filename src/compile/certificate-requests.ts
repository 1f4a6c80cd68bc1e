import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import { below, keyOf } from '../diagnostics/place.ts';
import type { Ingress, IngressTls } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { secretNameRef } from './certificates.ts';
import { certificateNotIssued } from './rules/certificates.ts';

const ISSUERS = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'] as const;

/** The annotation with which an Ingress asks cert-manager for certificates. */
function issuerOf({ annotations }: Ingress): string | undefined {
  return ISSUERS.find(name => (annotations[name] ?? '') !== '');
}

/** Whether cert-manager is asked for certificates, but skips all entries, which is said. */
export function isSkippedByIssuer(ingress: Ingress): boolean {
  return issuerOf(ingress) !== undefined && ingress.tls.every(({ hosts }) => hosts.length === 0);
}

/** Whether cert-manager is asked for the certificate of an entry. */
export function isRequested(ingress: Ingress): boolean {
  return issuerOf(ingress) !== undefined;
}

/** Says of which certificates cert-manager makes none although it is asked to. */
export function reportUnissuedCertificates(
  ingresses: readonly Ingress[],
  report: Report,
  memory: PickMemory<Ingress, readonly Finding[]> | undefined,
): void {
  for (const found of pickEach(memory, ingresses, unissued)) found.forEach(report);
}

/** Source: cert-manager, pkg/controller/certificate-shim/sync.go, validateIngressLike and validateIngressTLSBlock. */
function unissued(ingress: Ingress): readonly Finding[] | undefined {
  const issuer = issuerOf(ingress);
  if (issuer === undefined || ingress.isRefused) return undefined;
  if (ingress.tls.length === 0) {
    const message = `${issuer} has no effect: the Ingress has no \`tls\` for which cert-manager could issue a certificate`;
    const help = 'add `tls` with `hosts` and a `secretName`, or remove the annotation';
    return [
      { rule: certificateNotIssued, message, help, at: keyOf(refOf(ingress, 'metadata', 'annotations', issuer)) },
    ];
  }
  const twice = ingress.tls.find((entry, index) => isAgain(entry, ingress.tls.slice(0, index)));
  if (twice !== undefined) {
    const message = `two entries of \`tls\` have the Secret "${twice.secretName}": cert-manager issues no certificate for this Ingress`;
    const help = 'list all hosts in one entry, or use a Secret for each';
    return [{ rule: certificateNotIssued, message, help, at: secretNameRef(twice) }];
  }
  // One entry that was cut in two is said as such.
  if (ingress.tls.some(isHostless) && ingress.tls.some(isSecretless)) return undefined;
  return ingress.tls.flatMap(skippedEntry);
}

function isAgain({ secretName }: IngressTls, before: readonly IngressTls[]): boolean {
  return secretName !== '' && before.some(entry => entry.secretName === secretName);
}

const isHostless = ({ hosts }: IngressTls): boolean => hosts.length === 0;
const isSecretless = ({ secretName }: IngressTls): boolean => secretName === '';

function skippedEntry(entry: IngressTls): readonly Finding[] {
  if (isHostless(entry)) {
    const message = 'cert-manager issues no certificate for this entry of `tls`: it lists no hosts';
    return [
      { rule: certificateNotIssued, message, help: 'list under `hosts` what the certificate is for', at: entry.at },
    ];
  }
  if (!isSecretless(entry)) return [];
  const message = 'cert-manager issues no certificate for this entry of `tls`: it names no Secret';
  const help = 'name under `secretName` the Secret that it is to make';
  return [{ rule: certificateNotIssued, message, help, at: below(entry.at, 'hosts') }];
}
