import type { Weakness } from '../options/weak-value.ts';
import { anySubject, unverifiedClient } from './rules/weak-checks.ts';

/** How a certificate of a client is looked at. */
export function weakVerification(text: string): Weakness | undefined {
  const help = 'write "on", or let the backend check the header ssl-client-verify';
  switch (text.trim()) {
    case 'optional':
      return { rule: unverifiedClient, says: '"optional" lets in clients without a certificate as well', help };
    case 'optional_no_ca':
      return {
        rule: unverifiedClient,
        says: '"optional_no_ca" lets in any certificate, whoever signed it, and clients without one',
        help,
      };
    default:
      return undefined;
  }
}

/** An expression for subjects of certificates that all of them match. */
export function weakSubject(text: string): Weakness | undefined {
  if (!/^CN=(?:\^?\.[*+]\$?|\(\.[*+]\)|\$?)$/.test(text.trim())) return undefined;
  return {
    rule: anySubject,
    says: `"${text}" matches all subjects: it keeps nobody out`,
    help: 'write the name, such as "CN=alice", or remove it',
  };
}
