import type { AskedEncryption } from '../annotations/encryption-plan.ts';
import type { Protocol } from '../routing/model.ts';
import type { SecretFile } from '../routing/secret-files.ts';
import type { Applied, Policies } from '../routing/policies.ts';
import type { BackendTls } from '../routing/policies/backend-tls.ts';
import type { IngressPlan } from './plan.ts';

/** How TLS connections of a location are made, and the files that it takes. */
export interface RouteTls {
  readonly applied: Applied<BackendTls>;
  readonly files: readonly SecretFile[];
}

const PLAIN: ReadonlySet<Protocol> = new Set(['http', 'grpc', 'fastcgi']);

/** What the oldest Ingress asks for that speaks for the whole host. */
export function encryptionOfHost(plans: readonly IngressPlan[]): AskedEncryption | undefined {
  return plans.find(({ policies }) => policies?.encryption?.isForHost === true)?.policies?.encryption;
}

/** What was made of what an Ingress asks for, and of what its host does: the same object for the same. */
const MADE = new WeakMap<AskedEncryption, WeakMap<AskedEncryption, RouteTls>>();

/** How connections are made for a location of an Ingress; undefined where nobody asks. */
export function encryptionFor(
  protocol: Protocol,
  own: AskedEncryption | undefined,
  ofHost: AskedEncryption | undefined,
): RouteTls | undefined {
  const first = own ?? ofHost;
  const second = ofHost ?? own;
  if (first === undefined || second === undefined || PLAIN.has(protocol)) return undefined;
  const known = MADE.get(first) ?? new WeakMap<AskedEncryption, RouteTls>();
  MADE.set(first, known);
  let made = known.get(second);
  if (made === undefined) {
    made = own === undefined ? inherited(second) : merged(own, ofHost);
    known.set(second, made);
  }
  return made;
}

/**
 * nginx takes what a location does not say from its server.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl.
 */
function merged(own: AskedEncryption, ofHost: AskedEncryption | undefined): RouteTls {
  const { settings } = own;
  // Without authorities of its own an Ingress says nothing but the name.
  const checks = own.authorities !== undefined || ofHost === undefined ? own : ofHost;
  const name = settings.name ?? ofHost?.settings.name;
  return routeOf(
    {
      ...own,
      settings: { ...checks.settings, ...(name === undefined ? {} : { name }), sendsName: settings.sendsName },
    },
    checks,
    own.keyPair === undefined || own.authorities === undefined ? ofHost : own,
  );
}

/** Its server says nothing of SNI where it has no name. */
function inherited(ofHost: AskedEncryption): RouteTls {
  const { settings } = ofHost;
  const sendsName = settings.sendsName && settings.name !== undefined;
  return routeOf({ ...ofHost, settings: { ...settings, sendsName } }, ofHost, ofHost);
}

function routeOf(
  { settings, from }: Pick<AskedEncryption, 'settings' | 'from'>,
  { authorities }: Pick<AskedEncryption, 'authorities'>,
  shows: Pick<AskedEncryption, 'keyPair'> | undefined,
): RouteTls {
  const keyPair = shows?.keyPair;
  const asks: BackendTls = {
    ...(authorities === undefined ? {} : { authorities: authorities.id }),
    ...(keyPair === undefined ? {} : { keyPair: keyPair.id }),
    ...settings,
  };
  return { applied: { asks, from }, files: [authorities, keyPair].filter(file => file !== undefined) };
}

const WITH = new WeakMap<Policies<'upstream'>, WeakMap<RouteTls, Policies<'upstream'>>>();

/** The policies of an upstream with those of a location: the same object for the same. */
export function withTls(policies: Policies<'upstream'>, tls: RouteTls | undefined): Policies<'upstream'> {
  if (tls === undefined) return policies;
  const known = WITH.get(policies) ?? new WeakMap<RouteTls, Policies<'upstream'>>();
  WITH.set(policies, known);
  const all = known.get(tls) ?? { ...policies, backendTls: tls.applied };
  known.set(tls, all);
  return all;
}
