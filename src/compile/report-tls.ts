import type { Report } from '../diagnostics/diagnostic.ts';
import type { Ingress } from '../resources/model.ts';
import { reportUnissuedCertificates } from './certificate-requests.ts';
import type { HostDraft } from './hosts.ts';
import type { CompileMemory } from './memory.ts';
import { reportPlainHosts } from './plain-hosts.ts';
import type { CompileSettings } from './settings.ts';
import type { TlsTable } from './tls.ts';
import { reportUnshownCertificates } from './unshown-certificates.ts';

interface TlsSaying {
  readonly ours: readonly Ingress[];
  readonly hosts: readonly HostDraft[];
  readonly tls: TlsTable;
  readonly report: Report;
}

/** Says what has no effect under `tls`, and what lacks it. */
export function reportTls(
  { ours, hosts, tls, report }: TlsSaying,
  { defaultSslCertificate }: CompileSettings,
  memory: Partial<CompileMemory>,
): void {
  const hasDefault = defaultSslCertificate !== undefined;
  reportUnshownCertificates(ours, { decisions: tls.decisions, hasDefault, report }, memory.unshown);
  reportUnissuedCertificates(ours, report, memory.unissued);
  if (!hasDefault) reportPlainHosts(hosts, tls, report);
}
