import type { PlainObject } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { complainOfAddress, ipVersion, isRange, specialRange } from './addresses.ts';
import { isGiven, listOf, numberOf, objectOf, someTextOf, textOf } from './plain.ts';
import { complainOfLinkLocal, complainOfMetadata } from './inside-complaints.ts';
import { insideOfAddress, isOrdinaryIPv4 } from './inside.ts';
import { quote } from './quote.ts';
import { loopbackClusterIp } from './rules/inside.ts';
import { invalidAddress } from './rules/addresses.ts';
import { duplicateEntry, forbiddenField } from './rules/fields.ts';
import type { Subject } from './subject.ts';

export function isHeadless(ips: readonly string[]): boolean {
  return ips[0] === 'None';
}

const NONE: readonly string[] = [];

/** The server fills clusterIPs from clusterIP when only that is given. */
export function clusterIPs(spec: PlainObject): readonly string[] {
  const ips = listOf(spec['clusterIPs']);
  if (ips.length > 0) return ips.map(textOf);
  const single = someTextOf(spec['clusterIP']);
  return single === undefined ? NONE : [single];
}

/** Checks all addresses of a Service, and what only some types of Services may have. */
export function checkServiceAddresses(subject: Subject, spec: PlainObject): void {
  checkClusterIPs(subject, spec);
  checkExternalIPs(subject, spec);
  checkSourceRanges(subject, spec);
  checkTrafficPolicy(subject, spec);
}

function checkClusterIPs(subject: Subject, spec: PlainObject): void {
  const { type } = spec;
  const ips = clusterIPs(spec);
  const isList = listOf(spec['clusterIPs']).length > 0;
  const path = ['spec', isList ? 'clusterIPs' : 'clusterIP'];
  if (type === 'ExternalName') {
    const taken = [
      ...(ips.length > 0 ? [path] : []),
      ...['ipFamilies', 'ipFamilyPolicy'].filter(name => isSet(spec, name)).map(name => ['spec', name]),
    ];
    for (const at of taken) {
      const message = `a Service of type ExternalName may not have \`${at[1]}\``;
      subject.complain({ rule: forbiddenField, message, help: 'remove it', path: at });
    }
    return;
  }
  if (isHeadless(ips) && (type === 'NodePort' || type === 'LoadBalancer')) {
    const message = `a Service of type ${type} may not have the clusterIP "None"`;
    subject.complain({ rule: forbiddenField, message, help: 'remove it', path });
  }
  if (isList && textOf(spec['clusterIP']) !== ips[0]) {
    const message = '`clusterIP` is not the first of `clusterIPs`';
    subject.complain({ rule: invalidAddress, message, help: `write \`clusterIP: ${quote(ips[0] ?? '')}\``, path });
  }
  for (const [index, ip] of ips.entries()) {
    if (isOrdinaryIPv4(ip)) continue;
    const at = isList ? [...path, index] : path;
    checkInside(subject, ip, at);
    if (ipVersion(ip) !== 0 || (index === 0 && ip === 'None' && ips.length === 1)) continue;
    subject.complain({ ...complainOfAddress(ip, 'an IP address or "None"'), path: at });
  }
  checkFamilies(subject, spec, ips);
}

/** A cluster gives such an address to no Service, but requests go there where a manifest has it. */
function checkInside(subject: Subject, ip: string, path: FieldPath): void {
  const what = 'the cluster IP';
  switch (insideOfAddress(ip)) {
    case 'metadata':
      subject.complain({ ...complainOfMetadata(what, ip), path });
      break;
    case 'link-local':
      subject.complain({ ...complainOfLinkLocal(what, ip), path });
      break;
    case 'loopback': {
      const message = `${what} ${quote(ip)} is on the machine that nginx runs on; a cluster would refuse it`;
      subject.complain({ rule: loopbackClusterIp, message, help: 'fine for local development only', path });
      break;
    }
    case undefined:
      break;
  }
}

function isSet(spec: PlainObject, field: string): boolean {
  const value = spec[field];
  return isGiven(value) && !(Array.isArray(value) && value.length === 0);
}

function checkFamilies(subject: Subject, spec: PlainObject, ips: readonly string[]): void {
  if (ips.length === 2 && ipVersion(ips[0] ?? '') === ipVersion(ips[1] ?? '')) {
    const message = 'both cluster IPs are of the same IP family';
    subject.complain({ rule: duplicateEntry, message, help: 'keep one of them', path: ['spec', 'clusterIPs'] });
  }
  const families = listOf(spec['ipFamilies']);
  for (const [index, family] of families.entries()) {
    if (families.indexOf(family) === index) continue;
    subject.complain({
      rule: duplicateEntry,
      message: `the IP family ${quote(textOf(family))} is listed twice`,
      path: ['spec', 'ipFamilies', index],
    });
  }
}

function checkExternalIPs(subject: Subject, spec: PlainObject): void {
  for (const [index, value] of listOf(spec['externalIPs']).entries()) {
    if (typeof value !== 'string') continue;
    const [ip, path] = [value, ['spec', 'externalIPs', index]];
    const range = specialRange(ip);
    if (ipVersion(ip) === 0) subject.complain({ ...complainOfAddress(ip, 'an IP address'), path });
    else if (range !== undefined) {
      subject.complain({
        rule: invalidAddress,
        message: `${quote(ip)} is a ${range} address, which cannot be an external IP`,
        path,
      });
    }
  }
}

const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function checkSourceRanges(subject: Subject, spec: PlainObject): void {
  const annotation = objectOf(objectOf(subject.value['metadata'])['annotations'])[RANGES_ANNOTATION];
  const listed = listOf(spec['loadBalancerSourceRanges']);
  if (listed.length === 0 && annotation === undefined) return;
  const path =
    listed.length > 0 ? ['spec', 'loadBalancerSourceRanges'] : ['metadata', 'annotations', RANGES_ANNOTATION];
  if (spec['type'] !== 'LoadBalancer') {
    const message = 'source ranges need a Service of type LoadBalancer';
    subject.complain({ rule: forbiddenField, message, help: 'remove them', path });
  }
  const written = textOf(annotation).trim();
  const ranges = listed.length > 0 ? listed.map(range => textOf(range)) : written === '' ? [] : written.split(',');
  for (const [index, range] of ranges.entries()) {
    if (isRange(range.trim())) continue;
    const message = `${quote(range)} is not a range of IP addresses`;
    subject.complain({
      rule: invalidAddress,
      message,
      help: 'write it like "10.0.0.0/8"',
      path: listed.length > 0 ? [...path, index] : path,
    });
  }
}

/** Rules for fields that only Services with an outside have. */
function checkTrafficPolicy(subject: Subject, spec: PlainObject): void {
  const { type } = spec;
  const isExternal = type === 'NodePort' || type === 'LoadBalancer';
  const policy = textOf(spec['externalTrafficPolicy']);
  if (policy !== '' && !isExternal) {
    const message = 'only Services of type NodePort and LoadBalancer may have `externalTrafficPolicy`';
    subject.complain({ rule: forbiddenField, message, help: 'remove it', path: ['spec', 'externalTrafficPolicy'] });
  }
  if (numberOf(spec['healthCheckNodePort']) > 0 && !(type === 'LoadBalancer' && policy === 'Local')) {
    const message = '`healthCheckNodePort` needs type LoadBalancer and `externalTrafficPolicy: Local`';
    subject.complain({ rule: forbiddenField, message, help: 'remove it', path: ['spec', 'healthCheckNodePort'] });
  }
}
