import type { Certificate, PemFile } from '../routing/secret-files.ts';
import type { BackendTls } from '../routing/policies/backend-tls.ts';

/** How one Ingress asks for TLS connections to backends to be made. */
export interface Encryption {
  readonly authorities?: PemFile;
  readonly keyPair?: Certificate;
  readonly settings: Omit<BackendTls, 'authorities' | 'keyPair'>;
  /** Whether it counts for other Ingresses of its hosts as well. */
  readonly isForHost: boolean;
}
