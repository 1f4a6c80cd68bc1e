import { annotationText } from '../annotations/annotation-ref.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress } from '../resources/model.ts';
import { isRequested } from './certificate-requests.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import { hostWithoutTls } from './rules/certificates.ts';
import type { TlsTable } from './tls.ts';

/** Says once which hosts have no TLS, if at least as many others have it. */
export function reportPlainHosts(
  hosts: readonly HostDraft[],
  { ofHosts }: Pick<TlsTable, 'ofHosts'>,
  report: Report,
): void {
  const named = hosts.filter(({ host }) => host !== DEFAULT_HOST);
  const plain = named.filter(({ host }) => ofHosts.get(host) === undefined);
  const withTls = named.length - plain.length;
  if (withTls === 0 || plain.length === 0) return;
  const forgotten = plain.filter(({ plans }) => plans.some(plan => !plan.isDropped && !isMeantPlain(plan.ingress)));
  const [first] = forgotten;
  // Where most have none, somebody has decided so.
  if (first === undefined || forgotten.length > withTls) return;
  const [verb, them] = forgotten.length === 1 ? ['has', 'it'] : ['have', 'them'];
  const message = `${listed(forgotten.map(({ host }) => `"${host}"`))} ${verb} no TLS, while other hosts have it`;
  const help = `list ${them} under \`tls\`, or write ssl-redirect: "false" where plain HTTP is meant`;
  const at = first.from[0]?.field;
  report({ rule: hostWithoutTls, message, help, ...(at === undefined ? {} : { at }) });
}

const OFF = /^(?:false|f|0)$/i;

/** Whether somebody has thought of TLS, which may begin or end elsewhere, or be asked for in vain, which is said. */
function isMeantPlain(ingress: Ingress): boolean {
  if (isRequested(ingress) || OFF.test(annotationText(ingress, 'ssl-redirect').trim())) return true;
  return annotationText(ingress, 'force-ssl-redirect') !== '' || annotationText(ingress, 'ssl-passthrough') !== '';
}
