import { objectText } from '../../diagnostics/place.ts';
import type { Routing, Server } from '../../routing/model.ts';
import type { ChangeKind } from './kinds.ts';
import type { Pair } from './policies.ts';
import type { RoutingView } from './view.ts';

interface CertificateChange {
  readonly kind: ChangeKind;
  readonly texts: readonly [string, string];
}

/** The default one is said once for all hosts. */
export function diffCertificates(
  { before, after }: Pair<Server>,
  views: Pair<RoutingView>,
): readonly CertificateChange[] {
  if (before.certificate === after.certificate) return [];
  const texts = [shownCertificate(before, views.before.routing), shownCertificate(after, views.after.routing)] as const;
  if (after.certificate === undefined) return [{ kind: 'tls-removed', texts }];
  return [{ kind: before.certificate === undefined ? 'tls-added' : 'certificate-changed', texts }];
}

function shownCertificate({ certificate }: Server, { defaultCertificate, files }: Routing): string {
  if (certificate !== undefined) {
    const file = files.find(({ kind, id }) => kind === 'key-pair' && id === certificate);
    return `the certificate of ${file === undefined ? certificate : objectText(file.from.resource)}`;
  }
  return defaultText(defaultCertificate);
}

export function defaultText(certificate: Routing['defaultCertificate']): string {
  switch (certificate.kind) {
    case 'certificate':
      return `the default certificate (${certificate.id})`;
    case 'placeholder':
      return 'the placeholder certificate, which no browser trusts';
    case 'reject':
      return 'no certificate: TLS connections are rejected';
  }
}
