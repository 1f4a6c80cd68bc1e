import type { Weakness } from '../options/weak-value.ts';
import { anySubject, sharedAuthCache, unverifiedClient } from './rules/weak-checks.ts';

const VARIABLE = /\$\{?(\w+)\}?/g;

/** Variables that are the same for all clients that ask for the same URL. */
const OF_NOBODY: ReadonlySet<string> = new Set([
  'host',
  'http_host',
  'best_http_host',
  'server_name',
  'server_port',
  'server_addr',
  'server_protocol',
  'scheme',
  'pass_access_scheme',
  'https',
  'request_method',
  'request_uri',
  'escaped_request_uri',
  'uri',
  'document_uri',
  'namespace',
  'ingress_name',
  'service_name',
  'service_port',
  'location_path',
]);

/** What tells the answers of an auth service apart that are kept. */
export function weakCacheKey(text: string): Weakness | undefined {
  const names = [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
  if (names.some(name => !OF_NOBODY.has(name))) return undefined;
  return {
    rule: sharedAuthCache,
    says: `"${text}" is the same for all clients: whoever comes after one who was let in is let in, too`,
    help: 'write what tells clients apart, such as "$cookie_session" or "$http_authorization"',
  };
}

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
