import { isIP } from 'node:net';

import { askedRequest, readAskedUrl } from '../answers/explain/asked-url.ts';
import type { AskedUrl } from '../answers/explain/asked-url.ts';
import type { AskedRequest, SentHeader } from '../answers/explain/model.ts';
import type { MappingNode, Node } from '../config-file/nodes.ts';
import { shown, textIn } from '../config-file/scalars.ts';
import { itemsOf, readFields, readSwitch, readText } from './fields.ts';
import type { Draft, ReportProblem } from './fields.ts';
import { isToken } from './token.ts';

const LINE = /^(?:(?<method>[^\s:/]+)\s+)?(?<url>\S.*)$/s;
const HELP = 'write GET https://HOST/PATH';

/** `GET https://shop.example/cart?x=1`, or a mapping. */
export function readRequest(node: Node, report: ReportProblem): AskedRequest | undefined {
  if (node.kind === 'mapping') return readParts(node, report);
  const text = textIn(node);
  if (text === undefined) {
    report({ start: node.start, message: `"request" must be a text or a mapping, got ${shown(node)}`, help: HELP });
    return undefined;
  }
  const { method, url = '' } = LINE.exec(text.text.trim())?.groups ?? {};
  const asked = readUrl(url, text.start, report);
  if (asked === undefined || !isMethod(method, text.start, report)) return undefined;
  return askedRequest(asked, { method });
}

interface Parts {
  readonly method?: string;
  readonly url?: AskedUrl;
  readonly headers?: readonly SentHeader[];
  readonly cookies?: readonly SentHeader[];
  readonly clientIp?: string;
  readonly hasClientCertificate?: boolean;
}

function readParts(node: MappingNode, report: ReportProblem): AskedRequest | undefined {
  const found: Draft<Parts> = {};
  readFields(
    node,
    '"request"',
    {
      method(value) {
        const text = readText(value, 'method', report);
        if (text !== undefined && isMethod(text, value.start, report)) found.method = text;
      },
      url(value) {
        const text = readText(value, 'url', report);
        const url = text === undefined ? undefined : readUrl(text, value.start, report);
        if (url !== undefined) found.url = url;
      },
      headers: value => void (found.headers = readPairs(value, 'headers', report)),
      cookies: value => void (found.cookies = readPairs(value, 'cookies', report)),
      clientIp(value) {
        const ip = readIp(value, report);
        if (ip !== undefined) found.clientIp = ip;
      },
      clientCertificate(value) {
        const isShown = readSwitch(value, 'clientCertificate', report);
        if (isShown !== undefined) found.hasClientCertificate = isShown;
      },
    },
    report,
  );
  if (!node.entries.some(({ key }) => key.text === 'url'))
    report({ start: node.start, message: '"request" has no "url"', help: 'write url: https://HOST/PATH' });
  return found.url === undefined ? undefined : askedRequest(found.url, found);
}

function readUrl(text: string, start: number, report: ReportProblem): AskedUrl | undefined {
  const url = readAskedUrl(text);
  if ('target' in url) return url;
  const { problem, help = HELP } = url;
  report({ start, message: `the URL ${JSON.stringify(text)} ${problem}`, help });
  return undefined;
}

function isMethod(text: string | undefined, start: number, report: ReportProblem): boolean {
  if (text === undefined || (isToken(text) && text === text.toUpperCase())) return true;
  const help = isToken(text) ? { help: `write ${text.toUpperCase()}` } : {};
  report({ start, message: `${JSON.stringify(text)} is no method`, ...help });
  return false;
}

function readIp(node: Node, report: ReportProblem): string | undefined {
  const text = node.kind === 'text' ? node.text : '';
  if (isIP(text) !== 0) return text;
  const help = 'use one such as 192.0.2.1 or 2001:db8::1';
  report({ start: node.start, message: `"clientIp" must be an IP address, got ${shown(node)}`, help });
  return undefined;
}

/** Names with one text each, or with several. */
function readPairs(node: Node, name: 'headers' | 'cookies', report: ReportProblem): readonly SentHeader[] {
  if (node.kind !== 'mapping') {
    const help = `write ${name}: { NAME: VALUE }`;
    report({ start: node.start, message: `"${name}" must be a mapping, got ${shown(node)}`, help });
    return [];
  }
  return node.entries.flatMap(({ key, value }) => {
    if (!isPairName(key.text, { start: key.start, name }, report)) return [];
    return itemsOf(value).flatMap(item => {
      const text = readPairValue(item, `${name}.${key.text}`, report);
      return text === undefined ? [] : [{ name: key.text, value: text }];
    });
  });
}

function isPairName(
  text: string,
  { start, name }: { readonly start: number; readonly name: 'headers' | 'cookies' },
  report: ReportProblem,
): boolean {
  if (name === 'headers' && /^host$/i.test(text)) {
    report({ start, message: 'the header Host cannot be set', help: 'it comes from the URL' });
    return false;
  }
  if (isToken(text)) return true;
  report({ start, message: `${JSON.stringify(text)} is no name of a ${name === 'headers' ? 'header' : 'cookie'}` });
  return false;
}

/** May be empty. No value is quoted: it may be a password. */
function readPairValue(node: Node, name: string, report: ReportProblem): string | undefined {
  const text = textIn(node);
  if (text === undefined) {
    const what = node.kind === 'text' ? 'something that YAML does not read as one' : shown(node);
    report({ start: node.start, message: `"${name}" must be a text, got ${what}`, help: 'write it in quotes' });
    return undefined;
  }
  if (!/[\p{Cc}\p{Cs}]/u.test(text.text)) return text.text;
  report({ start: node.start, message: `"${name}" has a control character` });
  return undefined;
}
