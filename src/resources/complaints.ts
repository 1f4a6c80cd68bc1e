import { posix } from 'node:path';

import type { PlainValue } from '../json/value.ts';
import { complainOfAnnotationKey, complainOfDataKey, complainOfLabelKey, complainOfLabelValue } from './keys.ts';
import { complainOfName } from './names.ts';
import { quote, show } from './quote.ts';
import { invalidPort } from './rules/addresses.ts';
import { invalidType } from './rules/fields.ts';
import { invalidPath } from './rules/ingress.ts';
import { invalidName, invalidReference } from './rules/metadata.ts';
import type { Complaint } from './subject.ts';

/** What `says` in a schema stands for. The value may be of any type. */
type Say = (value: PlainValue | undefined) => Complaint;

function ofText(say: (text: string) => Complaint): Say {
  return value => say(typeof value === 'string' ? value : '');
}

const SAYINGS: Readonly<Record<string, Say>> = {
  'dns-name': ofText(text => complainOfName('dns-name', text)),
  'service-name': ofText(text => complainOfName('service-name', text)),
  label: ofText(text => complainOfName('label', text)),
  host: ofText(text => complainOfName('host', text)),
  'annotation-key': ofText(complainOfAnnotationKey),
  'label-key': ofText(complainOfLabelKey),
  'label-value': ofText(complainOfLabelValue),
  'data-key': ofText(complainOfDataKey),
  'port-number': complainOfPort,
  'port-name': value => complainOfPort(value, digits => `write "number: ${digits}" instead of a name`),
  'service-port': value => complainOfPort(value, digits => `write ${digits} without quotes`),
  'target-port': value => complainOfPort(value, digits => `write ${digits} without quotes`),
  'absolute-path': ofText(complainOfRelativePath),
  timestamp: ofText(text => ({
    rule: invalidType,
    message: `${quote(text)} is not an RFC 3339 time`,
    help: 'write it like "2024-01-31T08:00:00Z"',
  })),
  controller: ofText(text => ({
    rule: invalidName,
    message: `${quote(text)} is not the name of a controller: expected a domain, "/" and a path`,
    help: text.includes('nginx') ? 'write "k8s.io/ingress-nginx"' : 'write it like "example.com/controller"',
  })),
  'api-version': ofText(text => ({
    rule: invalidReference,
    message: `${quote(text)} is not an API version`,
    help: 'write it like "v1" or "apps/v1"',
  })),
  'path-segment': ofText(text => ({
    rule: invalidReference,
    message: `${quote(text)} cannot be a kind or a name: it is ".", "..", or has "/" or "%" in it`,
  })),
  finalizer: ofText(text => ({
    rule: invalidReference,
    message: `${quote(text)} is not a finalizer: expected a domain, "/" and a name`,
    help: 'write it like "example.com/cleanup"',
  })),
};

/** The complaint that a schema wants for a value; undefined when it wants none in particular. */
export function complaintFor(says: string, value: PlainValue | undefined): Complaint | undefined {
  return Object.hasOwn(SAYINGS, says) ? SAYINGS[says]?.(value) : undefined;
}

/** What is wrong with a port number or name. */
function complainOfPort(value: PlainValue | undefined, number = (digits: string) => `write ${digits}`): Complaint {
  if (typeof value !== 'string') {
    const message = `${show(value)} is not a port: ports are numbers from 1 to 65535`;
    return { rule: invalidPort, message, help: 'write a number from 1 to 65535' };
  }
  const message = `${quote(value)} is not a port name: ${portNameReason(value)}`;
  if (/^\d+$/.test(value)) return { rule: invalidPort, message, help: number(value) };
  const proposal = value
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const isUsable = proposal.length <= 15 && /[a-z]/.test(proposal);
  return {
    rule: invalidPort,
    message,
    help: isUsable ? `name the port ${quote(proposal)}` : 'use a shorter name, such as "http"',
  };
}

function portNameReason(name: string): string {
  if (/^\d+$/.test(name)) return 'a name has at least one letter';
  if (name.length > 15) return `it has ${name.length} characters, more than the limit of 15`;
  if (/[A-Z]/.test(name)) return 'port names are lower case';
  const foreign = /[^-a-z0-9]/u.exec(name)?.[0];
  if (foreign !== undefined) return `${quote(foreign)} is not allowed in it`;
  if (name.includes('--')) return 'there may be only one "-" in a row';
  if (/^-|-$/.test(name)) return 'it begins or ends with "-"';
  return 'a name has at least one letter';
}

function complainOfRelativePath(path: string): Complaint {
  const url = /^[a-z][a-z+.-]*:\/\/([^/?#:]*)(?::\d+)?([^?#]*)/i.exec(path.trim());
  if (url !== null) {
    const [, host = '', rest = ''] = url;
    const place = host === '' ? '' : `, and the host as \`host: ${host.toLowerCase()}\``;
    const help = `write only its path, ${quote(posix.normalize(`/${rest}`))}${place}`;
    return { rule: invalidPath, message: `${quote(path)} is a URL, not a path`, help };
  }
  const bare = path.replace(/^[\s^~=*]+/, '').replace(/^[^/]*:\/\//, '');
  const proposal = posix.normalize(`/${bare}`);
  return {
    rule: invalidPath,
    message: `${quote(path)} is not an absolute path`,
    help: `begin it with "/": ${quote(proposal)}`,
  };
}
