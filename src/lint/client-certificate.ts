import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { askingAnnotations } from '../routing/askers.ts';
import { isExempt } from '../routing/exempt-paths.ts';
import type { Location, Server } from '../routing/model.ts';
import { plainHttpWithoutCertificate } from './rules/client-certificate.ts';
import type { LintedPath } from './written-paths.ts';

/** Finds hosts that ask for client certificates, and keep everybody out over plain HTTP where they do not redirect. */
export function checkPlainHttp(server: Server, _paths: readonly LintedPath[], report: Report): void {
  const { clientCertificate } = server.policies;
  if (clientCertificate?.asks.verify !== 'on') return;
  const [asker] = askingAnnotations(clientCertificate.from);
  if (asker === undefined) return;
  const { open } = clientCertificate.asks;
  const isShut = ({ path, written, policies, target }: Location): boolean =>
    target.kind === 'proxy' && policies.tlsRedirect === undefined && !isExempt(written?.path ?? path, open);
  if (!server.locations.some(isShut)) return;
  const message = `requests for ${shownHost(server)} over plain HTTP get 403: no client shows a certificate there`;
  const help = 'add the host to spec.tls, so that they are redirected to HTTPS';
  report({ rule: plainHttpWithoutCertificate, message, help, at: asker.at.field });
}
