import type { Provenance } from '../diagnostics/provenance.ts';

/** A file beside nginx.conf that only its owner may read. Equal ids of one kind mean equal files. */
export type SecretFile = Certificate | PasswordFile | PemFile | TicketKey;

export interface Certificate {
  readonly kind: 'key-pair';
  /** A checked file name without folder and ending, such as `shop_web-tls`. */
  readonly id: string;
  /** PEM: the chain, leaf first. */
  readonly chain: string;
  /** PEM, secret. */
  readonly key: string;
  readonly from: Provenance;
}

/** An htpasswd file. */
export interface PasswordFile {
  readonly kind: 'passwords';
  /** A checked file name without folder and ending, such as `shop_basic-auth`. The way in which the Secret was read is in it. */
  readonly id: string;
  /** Secret: lines of `user:hash`, each ended by a newline. */
  readonly content: string;
  readonly from: Provenance;
}

/** The authorities that vouch for clients or backends, the certificates that they have revoked, or Diffie-Hellman parameters. */
export interface PemFile {
  readonly kind: 'authorities' | 'revocations' | 'dh-parameters';
  /** A checked file name without folder and ending, such as `shop_clients_ca`. */
  readonly id: string;
  /** PEM blocks of one kind and nothing else. */
  readonly content: string;
  readonly from: Provenance;
}

/** The key of TLS session tickets. */
export interface TicketKey {
  readonly kind: 'ticket-key';
  /** A checked file name without folder and ending, such as `ingress-nginx_options_tickets`. */
  readonly id: string;
  /** Secret: 48 or 80 bytes, in base64. */
  readonly content: string;
  readonly from: Provenance;
}
