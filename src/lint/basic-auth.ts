import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Server } from '../routing/model.ts';
import { passwordWithoutTls } from './rules/basic-auth.ts';
import type { LintedPath } from './written-paths.ts';

/** Finds passwords that browsers send over plain HTTP. */
export function checkPasswords(server: Server, _paths: readonly LintedPath[], report: Report): void {
  for (const { policies, target } of server.locations) {
    const { basicAuth, tlsRedirect } = policies;
    if (basicAuth === undefined || tlsRedirect !== undefined || target.kind !== 'proxy') continue;
    const [asker] = askingAnnotations(basicAuth.from);
    if (asker === undefined) continue;
    const message = `passwords for ${shownHost(server)} are sent unencrypted, unless a load balancer in front has TLS`;
    const help =
      server.certificate === undefined
        ? 'list the host under `tls`: plain HTTP is then redirected to HTTPS'
        : 'remove ssl-redirect: "false", so that plain HTTP is redirected to HTTPS';
    report({ rule: passwordWithoutTls, message, help, at: asker.at.field });
    return;
  }
}
