import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import { reportUnissuedCertificates } from './certificate-requests.ts';
import type { HostDraft } from './hosts.ts';
import { reportIdleTlsRedirects } from './idle-tls-redirects.ts';
import type { CompileMemory } from './memory.ts';
import type { IngressPlan } from './plan.ts';
import { reportPlainHosts } from './plain-hosts.ts';
import type { CompileSettings } from './settings.ts';
import type { TlsTable } from './tls.ts';
import { reportUnshownCertificates } from './unshown-certificates.ts';

interface TlsSaying {
  readonly ours: readonly Ingress[];
  /** Those that take no share of others. */
  readonly mains: readonly IngressPlan[];
  readonly config: ControllerConfig;
  readonly hosts: readonly HostDraft[];
  readonly tls: TlsTable;
  readonly report: Report;
}

/** Says what has no effect under `tls`, and what lacks it. */
export function reportTls(
  { ours, mains, hosts, tls, config, report }: TlsSaying,
  { defaultSslCertificate }: CompileSettings,
  memory: Partial<CompileMemory>,
): void {
  const hasDefault = defaultSslCertificate !== undefined;
  reportUnshownCertificates(ours, { decisions: tls.decisions, hasDefault, report }, memory.unshown);
  reportUnissuedCertificates(ours, report, memory.unissued);
  reportIdleTlsRedirects(mains, { ofHosts: tls.ofHosts, config }, report);
  if (!hasDefault) reportPlainHosts(hosts, tls, report);
}
