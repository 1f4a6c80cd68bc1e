import { objectText } from '../../diagnostics/place.ts';
import type { ServerMatch } from '../../routing/match-server.ts';
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

/** The same of a host that other servers have on the other side: what clients see who ask for it. */
export function diffHandshakes(
  { before, after }: Pair<ServerMatch>,
  views: Pair<RoutingView>,
): readonly CertificateChange[] {
  const [was, is] = [shownIn(before, views.before), shownIn(after, views.after)];
  if (was === undefined || is === undefined || was.id === is.id) return [];
  // Where connections were rejected, the default certificate is more, too.
  const isMore = was.id === REJECTED || (is.isOwn && !was.isOwn);
  const kind = isMore ? 'tls-added' : is.isOwn ? 'certificate-changed' : 'tls-removed';
  return [{ kind, texts: [was.text, is.text] }];
}

const REJECTED = 'rejected';

interface Shown {
  /** Equal for what clients cannot tell apart; how the default one differs is said once. */
  readonly id: string;
  readonly text: string;
  readonly isOwn: boolean;
}

/** Undefined where nginx does not end the connection, or nobody can tell. */
function shownIn(match: ServerMatch, { routing }: RoutingView): Shown | undefined {
  if (match.kind === 'rejected') return { id: REJECTED, text: 'TLS connections are rejected', isOwn: false };
  const tls = match.kind === 'server' ? match.tls : undefined;
  if (tls === undefined) return undefined;
  const id = tls.isOwn ? `own ${tls.server.certificate ?? ''}` : 'default';
  return { id, text: shownCertificate(tls.server, routing), isOwn: tls.isOwn };
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
