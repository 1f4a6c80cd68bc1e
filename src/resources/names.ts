import { isIP } from '../json/ip.ts';
import { accepts } from '../../generated/accepts.js';
import type { Rule } from '../diagnostics/rule.ts';
import { quote } from './quote.ts';
import { invalidHost } from './rules/ingress.ts';
import { invalidName } from './rules/metadata.ts';
import type { Complaint } from './subject.ts';

/** A form that names have; the schema of the same name in meta.schema.json says which names have it. */
interface Form {
  readonly rule: Rule;
  readonly isValid: (text: string) => boolean;
  readonly noun: string;
  readonly kind: string;
  readonly maxLength: number;
  readonly rest: string;
}

const LETTERS = 'lower-case letters, digits and "-"';

const FORMS = {
  'dns-name': {
    rule: invalidName,
    isValid: accepts.dnsName,
    noun: 'a DNS name',
    kind: 'names',
    maxLength: 253,
    rest: `use ${LETTERS}, with "." between the parts`,
  },
  'service-name': {
    rule: invalidName,
    isValid: accepts.serviceName,
    noun: 'a name of a Service',
    kind: 'names of Services',
    maxLength: 63,
    rest: `use ${LETTERS}, with a letter first and no "." inside`,
  },
  label: {
    rule: invalidName,
    isValid: accepts.label,
    noun: 'a DNS label',
    kind: 'DNS labels',
    maxLength: 63,
    rest: `use ${LETTERS}, with no "." inside`,
  },
  host: {
    rule: invalidHost,
    isValid: accepts.host,
    noun: 'a DNS name',
    kind: 'host names',
    maxLength: 253,
    rest: `use ${LETTERS}, with "." between the parts; "*." may come before them`,
  },
} as const satisfies Readonly<Record<string, Form>>;

export type NamedForm = keyof typeof FORMS;

/** Whether a text has the form. */
export function isName(form: NamedForm, text: string): boolean {
  return FORMS[form].isValid(text);
}

/** What is wrong with a name that does not have the form, and a name that would do. */
export function complainOfName(form: NamedForm, text: string): Complaint {
  const { rule, noun, rest, isValid } = FORMS[form];
  if (form === 'host') {
    const complaint = complainOfHost(text);
    if (complaint !== undefined) return complaint;
  }
  const proposal = propose(form, text);
  const help = proposal !== text && isValid(proposal) ? `write ${quote(proposal)}` : rest;
  return { rule, message: `${quote(text)} is not ${noun}: ${reason(FORMS[form], text)}`, help };
}

/** Mistakes that only hosts have. */
function complainOfHost(text: string): Complaint | undefined {
  if (isIP(text) !== 0) {
    const help = 'use a name that leads to that address, or leave the host out to answer on every name';
    return { rule: invalidHost, message: `${quote(text)} is an IP address, and a host is a DNS name`, help };
  }
  if (!text.includes('*')) return undefined;
  const labels = text.split('.');
  const parent = labels.slice(labels.findLastIndex(part => part.includes('*')) + 1).join('.');
  const proposal = `*.${parent.toLowerCase()}`;
  const isLikely = parent.includes('.') && accepts.host(proposal);
  const domain = 'write "*." and a domain, such as "*.example.com"';
  const help = isLikely
    ? `write ${quote(proposal)}`
    : text === '*'
      ? `leave the host out to answer on every name, or ${domain}`
      : domain;
  const isWhole = text.startsWith('*.') && !text.slice(1).includes('*');
  if (isWhole)
    return {
      rule: invalidHost,
      message: `${quote(text)} is not a wildcard host: ${reason(FORMS.host, text.slice(2))}`,
      help,
    };
  return {
    rule: invalidHost,
    message: `${quote(text)} is not a wildcard host: "*" may only be the whole first label`,
    help,
  };
}

function reason(form: Form, text: string): string {
  if (text === '') return 'it has no name in it';
  if (/^[a-z][a-z+.-]*:\/\//i.test(text)) return 'it is a URL';
  if (/^[^:]+:\d+$/.test(text)) return 'it has a port';
  if (text.trim() !== text) return 'there is white space around it';
  if (text.length > form.maxLength) return `it has ${text.length} characters, more than the limit of ${form.maxLength}`;
  if (text.toLowerCase() !== text) return `${form.kind} are lower case`;
  const foreign = /[^-a-z0-9.]/u.exec(text)?.[0];
  if (foreign !== undefined) return `${quote(foreign)} is not allowed in it`;
  if (form.maxLength === 63 && text.includes('.')) return '"." is not allowed in it';
  if (text.endsWith('.')) return 'it ends in "."';
  if (/^[.]|[.][.]/.test(text)) return 'a part of it is empty';
  if (/(^|[.])-|-([.]|$)/.test(text)) return 'it begins or ends with "-"';
  return 'it begins with a digit';
}

/** The nearest text that may have the form. */
function propose(form: NamedForm, text: string): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z+.-]*:\/\//, '');
  const last = form === 'host' || /^[^/]*:\d+$/.test(bare) ? bare.replace(/[/?#].*$/s, '') : bare.replace(/^.*\//s, '');
  const plain = last
    .replace(/:\d+$/, '')
    .replaceAll(/[_\s]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/(^|\.)-+|-+(?=\.|$)/g, '$1')
    .replaceAll(/^\.+|\.+$/g, '');
  return form === 'host' || form === 'dns-name' ? plain : plain.replaceAll('.', '-');
}
