import { isRefused, refused } from './refused.ts';
import { readTemplate, shown } from './template.ts';

import type { RequestHeader, ResponseHeader, Template } from '../routing/snippets.ts';
import type { Word } from './lexer.ts';
import type { Refused } from './refused.ts';
import type { Reader } from './check.ts';
import type { KnownVariables } from './variables.ts';

const NAME = /^[A-Za-z0-9_-]+$/;

/** What nginx makes of a response by itself; it would be there twice. */
const OF_RESPONSES: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'transfer-encoding',
]);
/** What says where a request ends: the backend would take a part of one for another. */
const OF_REQUESTS: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'keep-alive',
]);
/** What the controller says to every backend by proxy_set_header, over what the client has sent. */
const FORWARDED: ReadonlySet<string> = new Set([
  'connection',
  'host',
  'proxy',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-original-forwarded-for',
  'x-original-forwarded-host',
  'x-real-ip',
  'x-request-id',
  'x-scheme',
]);
/** Those with which nginx sends a header of `add_header` without `always`. */
const STATUSES_OF_ADD: readonly number[] = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308];

function problemOfName(word: Word, name: string, kept: ReadonlySet<string>): Refused | undefined {
  if (!NAME.test(name)) return refused(word, `${shown(word)} names no header`, 'use letters, digits, - and _');
  if (!kept.has(name.toLowerCase())) return undefined;
  const help = name.toLowerCase() === 'content-type' ? 'use default_type, or let the backend say it' : 'remove it';
  return refused(word, `nginx makes the header ${name} by itself`, help);
}

function valueOf(word: Word, known: KnownVariables): Template | Refused {
  return readTemplate(word, { known, groups: 'no', lines: 'joined' });
}

/** Nothing of it can be done, and nothing is lost but the name of the server, which stays `nginx`. */
const isOfServer = (name: string): boolean => name.toLowerCase() === 'server';

export const readAddHeader: Reader = ({ name: directive, args }, { known }) => {
  const [name, value, always, more] = args;
  if (name === undefined || value === undefined || more !== undefined || (always && always.text !== 'always')) {
    return refused(
      directive,
      'add_header takes a name, a value, and perhaps "always"',
      'write add_header NAME "VALUE";',
    );
  }
  const problem = problemOfName(name, name.text, new Set([...OF_RESPONSES, 'server']));
  const template = problem ?? valueOf(value, known);
  if (isRefused(template)) return template;
  const statuses = always === undefined ? { statuses: STATUSES_OF_ADD } : {};
  return [{ kind: 'response-header', how: 'add', name: name.text, value: template, ...statuses }];
};

export const readHideHeader: Reader = ({ name: directive, args }) => {
  const [name, more] = args;
  if (name === undefined || more !== undefined)
    return refused(directive, 'proxy_hide_header takes one name', 'name one');
  const problem = problemOfName(name, name.text, OF_RESPONSES);
  if (problem !== undefined) return problem;
  if (isOfServer(name.text)) return [];
  return [{ kind: 'response-header', how: 'hide', name: name.text, value: [], isOfProxy: true }];
};

export const readProxySetHeader: Reader = ({ name: directive, args }, { known, place, note }) => {
  const [name, value, more] = args;
  if (name === undefined || value === undefined || more !== undefined) {
    return refused(directive, 'proxy_set_header takes a name and a value', 'write proxy_set_header NAME "VALUE";');
  }
  const template = problemOfName(name, name.text, OF_REQUESTS) ?? valueOf(value, known);
  if (isRefused(template)) return template;
  if (place === 'location' || place === 'auth') return [{ kind: 'request-header', name: name.text, value: template }];
  const message = 'proxy_set_header has no effect here, nor has it in the controller, whose locations have their own';
  note({ offset: directive.offset, message, help: 'write it in configuration-snippet' });
  return [];
};

/** The headers of a directive of the headers-more module, and its options. */
interface More {
  readonly headers: readonly { readonly word: Word; readonly name: string; readonly value: Word }[];
  readonly statuses: readonly number[] | undefined;
  readonly ifSent: boolean;
}

/** `-s "404 503"` limits what follows to statuses, `-r` to headers that are there. */
function readMore(directive: Word, args: readonly Word[]): More | Refused {
  const headers: More['headers'][number][] = [];
  let statuses: readonly number[] | undefined;
  let ifSent = false;
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? directive;
    if (word.text === '-r') {
      ifSent = true;
    } else if (word.text === '-s') {
      index += 1;
      statuses = (args[index]?.text ?? '')
        .split(/\s+/)
        .filter(text => text !== '')
        .map(Number);
      if (statuses.length === 0 || !statuses.every(status => Number.isInteger(status) && status >= 200 && status < 600))
        return refused(word, '-s takes statuses', 'write -s "404 503"');
    } else if (word.text.startsWith('-')) {
      return refused(
        word,
        `${directive.text} ${shown(word)} cannot be done by stock nginx`,
        'write it without the option',
      );
    } else headers.push(headerOf(word));
  }
  if (headers.length === 0) return refused(directive, `${directive.text} names no header`, 'name one');
  return { headers, statuses, ifSent };
}

function headerOf(word: Word): More['headers'][number] {
  const colon = word.text.indexOf(':');
  if (colon === -1) return { word, name: word.text.trim(), value: { text: '', offset: word.offset } };
  const value = { text: word.text.slice(colon + 1).trim(), offset: word.offset };
  return { word, name: word.text.slice(0, colon).trim(), value };
}

/** `more_set_headers` and `more_clear_headers`: in place of what the backend sends. */
export const readMoreHeaders: Reader = ({ name: directive, args }, { known }) => {
  const more = readMore(directive, args);
  if (isRefused(more)) return more;
  if (more.ifSent)
    return refused(directive, `${directive.text} -r cannot be done by stock nginx`, 'write it without -r');
  const clears = directive.text === 'more_clear_headers';
  const found: ResponseHeader[] = [];
  for (const { word, name, value } of more.headers) {
    const template = problemOfName(word, name, OF_RESPONSES) ?? (clears ? [] : valueOf(value, known));
    if (isRefused(template)) return template;
    if (isOfServer(name)) continue;
    const statuses = more.statuses === undefined ? {} : { statuses: more.statuses };
    found.push({ kind: 'response-header', how: 'put', name, value: template, ...statuses });
  }
  return found;
};

/** `more_set_input_headers` and `more_clear_input_headers`: what the backend gets of the client's headers. */
export const readMoreInputHeaders: Reader = ({ name: directive, args }, { known, note }) => {
  const more = readMore(directive, args);
  if (isRefused(more)) return more;
  if (more.statuses !== undefined) return refused(directive, 'a request has no status', 'remove -s');
  const clears = directive.text === 'more_clear_input_headers';
  const found: RequestHeader[] = [];
  for (const { word, name, value } of more.headers) {
    const template = problemOfName(word, name, OF_REQUESTS) ?? (clears ? [] : valueOf(value, known));
    if (isRefused(template)) return template;
    // The controller says later what these are, whatever the client sent.
    if (FORWARDED.has(name.toLowerCase())) {
      const message = `${directive.text} has no effect on ${name}, which nginx says anew to every backend`;
      note({ offset: word.offset, message, help: `write proxy_set_header ${name} ...;` });
      continue;
    }
    found.push({ kind: 'request-header', name, value: template, ...(more.ifSent ? { ifSent: true } : {}) });
  }
  return found;
};
