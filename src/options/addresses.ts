import { isIPv4, isIPv6 } from '../json/ip.ts';
import type { Parsed, ValueType } from './value-type.ts';

/** Without brackets, as short as it can be written; undefined for no address. */
function normalAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const [, inner = text] = /^\[(.*)\]$/.exec(text) ?? [];
  if (!isIPv6(inner) || inner.includes('%')) return undefined;
  return new URL(`http://[${inner}]`).hostname.slice(1, -1);
}

function parseAll(words: readonly string[], isOfKind: (address: string) => boolean): Parsed<readonly string[]> {
  const found = new Set<string>();
  let wrong: string | undefined;
  for (const word of words) {
    const address = normalAddress(word);
    if (address === undefined || !isOfKind(address)) wrong ??= word;
    else found.add(address);
  }
  const value = [...found];
  if (wrong === undefined) return { ok: true, value };
  const help = 'write addresses such as "10.0.0.1", with commas between them';
  return { ok: false, problem: `has "${wrong}", which is no IP address that nginx can listen on`, help, rest: value };
}

const wordsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '');

function listOfAddresses(name: string, isOfKind: (address: string) => boolean): ValueType<readonly string[]> {
  return { name, schema: {}, separator: ',', parse: text => parseAll(wordsOf(text), isOfKind) };
}

/**
 * IP addresses of both kinds; wrong ones are left out.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/configmap.go, bindAddress.
 */
export const addresses = listOfAddresses('list of IP addresses, separated by commas', () => true);
export const ipv4Addresses = listOfAddresses('list of IPv4 addresses, separated by commas', isIPv4);
export const ipv6Addresses = listOfAddresses('list of IPv6 addresses, separated by commas', isIPv6);
