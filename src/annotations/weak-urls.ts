import { insideOfName } from '../resources/inside.ts';
import { isIP } from '../json/ip.ts';
import { authServiceOfClient, nullOrigin, openRedirect, unencryptedAuth } from './rules/urls.ts';
import type { Weakness } from '../options/weak-value.ts';

const URL = /^(?<scheme>https?):\/\/(?<host>[^/?:]*)(?::\d*)?(?<rest>.*)$/i;

/** Endings of names in networks of one's own. */
const OWN_NETWORK =
  /\.(?:svc|local|localdomain|localhost|internal|intranet|private|lan|corp|home|cluster|consul|arpa)(?:\.|$)/i;
/** Two words may be a Service and its namespace, but for endings that somebody registers names under. */
const REGISTERED = /^[^.]+\.(?:com|org|net|edu|gov|info|biz|io|dev|app|cloud|tech|site|online|xyz|page|[a-z]{2})\.?$/i;
const LONGER = /^[^.]+\.[^.]+\.[^.]+/;

/** Whether a host is one of the Internet, as far as its name tells. */
function isPublic(host: string): boolean {
  if (host.includes('$') || isIP(host) !== 0 || insideOfName(host) !== undefined || OWN_NETWORK.test(host))
    return false;
  return LONGER.test(host) || REGISTERED.test(host);
}

function plainUrl(text: string): string | undefined {
  const { scheme = '', host = '' } = URL.exec(text.trim())?.groups ?? {};
  return scheme.toLowerCase() === 'http' && isPublic(host) ? host : undefined;
}

/** The variables that hold the Host header as it was sent, whichever host the request line names. */
const SENT_HOST = /^\$\{?(?:http_host|best_http_host)\}?$/;
const OWN_HOST = /^\$\{?host\}?$/;

/** The URL of a service that says who gets in. */
export function weakAuthService(text: string, hasAnyHost: () => boolean): Weakness | undefined {
  const host = URL.exec(text.trim())?.groups?.['host'] ?? '';
  if (SENT_HOST.test(host) || (OWN_HOST.test(host) && hasAnyHost())) {
    const why = SENT_HOST.test(host) ? 'is the Host header as it was sent' : 'is any host, since the rule has none';
    return {
      rule: authServiceOfClient,
      says: `lets clients choose whom the controller asks: ${host} ${why}`,
      help: 'write the name of the host, or of the Service: http://NAME.NAMESPACE.svc.cluster.local',
    };
  }
  const plain = plainUrl(text);
  if (plain === undefined) return undefined;
  const says = `sends cookies and passwords of your users to ${plain} unencrypted`;
  return { rule: unencryptedAuth, says, help: `write https://, or the name of a Service in the cluster` };
}

/** The URL of a page where people log in. */
export function weakSignIn(text: string): Weakness | undefined {
  const chosen = chosenHost(text, () => false);
  if (chosen !== undefined) return redirectTo(chosen);
  const plain = plainUrl(text);
  if (plain === undefined) return undefined;
  const says = `sends people to a page of ${plain} that is not encrypted, where they log in`;
  return { rule: unencryptedAuth, says, help: 'write https://' };
}

/** What a client writes into its request, and anything may stand in. */
const OF_CLIENT = /\$\{?(?:arg_\w+|cookie_\w+|http_(?!host\b)\w+|query_string|args)\}?$/;
const GROUP = /\$\{?(\d)\}?$/;

/**
 * What stands at the end of the host of a URL and lets clients choose it; undefined if nothing does.
 *
 * @param isFree whether a group of the path takes more than what nobody could make a host of
 */
function chosenHost(text: string, isFree: (group: number) => boolean): string | undefined {
  const end = /^https?:\/\/([^/?]*)/i.exec(text.trim())?.[1] ?? '';
  const own = OF_CLIENT.exec(end)?.[0];
  if (own !== undefined) return own;
  const [found, group] = GROUP.exec(end) ?? [];
  return found !== undefined && isFree(Number(group)) ? found : undefined;
}

function redirectTo(variable: string): Weakness {
  return {
    rule: openRedirect,
    says: `lets links choose where people are sent: ${variable} is the end of the host, and comes from the request`,
    help: 'write a slash in front of it, or the whole name of the host',
  };
}

/** A target of a rewrite, which is a redirect if it is a URL. */
export function weakTarget(target: string, paths: readonly string[]): Weakness | undefined {
  const chosen = chosenHost(target, group => paths.some(path => isFreeGroup(path, group)));
  return chosen === undefined ? undefined : redirectTo(chosen);
}

/** The text of a group, if no group is inside of another one: else nobody looks. */
function isFreeGroup(path: string, number: number): boolean {
  const groups = [...path.matchAll(/\(([^()]*)\)/g)].map(([, text = '']) => text);
  const text = groups[number - 1];
  if (text === undefined || /^\/|^\$|^\|/.test(text)) return false;
  return /(?<!\\)\.|\[\^/.test(text);
}

/** Origins whose scripts may read what a user sees. */
export function weakOrigins(text: string): Weakness | undefined {
  const entries = text.split(',').map(entry => entry.trim());
  const open = entries.find(entry => entry === 'null' || /^https?:\/\/\*\.[a-z]+(?::\d+)?$/i.test(entry));
  if (open === undefined) return undefined;
  const who = open === 'null' ? 'which any site can send from a frame' : 'which anybody can register a name below';
  return {
    rule: nullOrigin,
    says: `has "${open}", ${who}: its scripts read what your users see`,
    help: 'name the sites, or write cors-allow-credentials: "false"',
  };
}
