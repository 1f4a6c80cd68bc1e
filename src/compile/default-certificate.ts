import type { Cluster } from '../cluster/cluster.ts';
import { parseReference } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Routing } from '../routing/model.ts';
import type { CertificateStore } from './certificates.ts';
import { missingCertificate } from './rules/certificates.ts';
import type { CompileSettings } from './settings.ts';

type DefaultCertificate = Routing['defaultCertificate'];

/** The default certificate that the settings ask for; the placeholder, and a finding, where its Secret is of no use. */
export function chooseDefaultCertificate(
  settings: CompileSettings,
  store: CertificateStore,
  cluster: Cluster,
  report: Report,
): DefaultCertificate {
  const wanted = settings.defaultSslCertificate;
  if (wanted === undefined) return { kind: 'placeholder' };
  if (wanted === 'none') return { kind: 'reject' };
  const reference = parseReference(wanted, '');
  const secret = cluster.secrets.get(wanted);
  if (reference === undefined || secret === undefined) {
    const message = `the Secret ${wanted} of --default-ssl-certificate is not in the input; the placeholder is used`;
    report({ rule: missingCertificate, message, help: 'add the Secret to the input' });
    return { kind: 'placeholder' };
  }
  const at = { document: secret.document, path: ['metadata', 'name'] };
  const usable = store.use(reference.namespace, reference.name, at);
  return usable === undefined ? { kind: 'placeholder' } : { kind: 'certificate', id: usable.id };
}
