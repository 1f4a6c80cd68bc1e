import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';

import { askedRequest, readAskedUrl } from '../answers/explain/asked-url.ts';
import type { AskedRequest, SentHeader } from '../answers/explain/model.ts';
import { isFile, isFolder } from './input-flags.ts';
import { isIP } from '../json/ip.ts';

/** What the command line says of a request, besides method and URL. */
export interface RequestFlags {
  readonly header: readonly SentHeader[];
  readonly cookie: readonly SentHeader[];
  readonly clientIp?: string;
  readonly clientCert?: boolean;
}

export function addRequestFlags(command: Command): Command {
  return command
    .optionsGroup('Request:')
    .addOption(
      new Option('-H, --header <header>', "header to send: 'Name: value'; repeatable")
        .argParser(addHeader)
        .default([], 'none'),
    )
    .addOption(
      new Option('--cookie <cookie>', 'cookie to send: name=value; repeatable')
        .argParser(addCookie)
        .default([], 'none'),
    )
    .option('--client-ip <ip>', 'IP address from which the client connects', parseIp)
    .option('--client-cert', 'the client shows a certificate that the authorities of the host vouch for');
}

/** Source: RFC 9110, 5.6.2 and 5.5. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

function addHeader(text: string, before: readonly SentHeader[]): readonly SentHeader[] {
  const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (!TOKEN.test(name)) throw new InvalidArgumentError("Write 'Name: value'.");
  if (/[\p{Cc}]/u.test(value.replaceAll('\t', ' '))) throw new InvalidArgumentError('A header has one line.');
  return [...before, { name, value: value.trim() }];
}

function addCookie(text: string, before: readonly SentHeader[]): readonly SentHeader[] {
  const [, name = '', value = ''] = /^([^=;,\s]+)=([^;\p{Cc}]*)$/u.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError('Write name=value; repeat --cookie for a second one.');
  return [...before, { name, value }];
}

function parseIp(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('Write an IPv4 or IPv6 address.');
  return text;
}

/** A request as the command line has it, or what is wrong with it. `isAssumed`: its scheme is. */
export type ReadRequest =
  | {
      readonly ok: true;
      readonly request: AskedRequest;
      readonly isAssumed: boolean;
      readonly paths: readonly string[];
      /** That the URL names, where it is not the usual one of its scheme. */
      readonly port: number | undefined;
    }
  | { readonly ok: false; readonly problem: string; readonly help?: string };

const METHOD = /^[A-Z]+$/;
const HAS_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
/** As curl and browsers know them. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A method in lower case, or behind the URL, which would be taken for a host or for a file. */
function mistakenMethod([first = '', second = '']: readonly string[]): Mistake | undefined {
  const upper = first.toUpperCase();
  if (METHODS.has(upper) && HAS_SCHEME.test(second))
    return { problem: `"${first}" is no method`, help: `write ${upper}` };
  if (!METHODS.has(second)) return undefined;
  return { problem: `the method goes before the URL`, help: `write ${second} ${first}` };
}

function portIn(host: string): number | undefined {
  const [, port] = /:(\d+)$/.exec(host) ?? [];
  return port === undefined ? undefined : Number(port);
}

/** A file or folder in the place of the URL, which has been forgotten or comes behind it. */
function pathMistake(text: string): Mistake | undefined {
  if (!isFile(text) && !isFolder(text)) return undefined;
  const what = isFile(text) ? 'file' : 'folder';
  return { problem: `${text} is a ${what}: which URL?`, help: `write https://HOST/PATH ${text}` };
}

interface Mistake {
  readonly problem: string;
  readonly help: string;
}

/** Reads `[METHOD] URL [PATH…]`: a method is a word of capital letters. */
export function readRequest([first = '', ...others]: readonly string[], flags: RequestFlags): ReadRequest {
  if (first === '') return { ok: false, problem: 'no URL', help: 'write explain https://HOST/PATH and the manifests' };
  const isMethod = METHOD.test(first);
  const mistake = isMethod ? undefined : mistakenMethod([first, ...others]);
  if (mistake !== undefined) return { ok: false, ...mistake };
  const [text, ...paths] = isMethod ? others : [first, ...others];
  if (text === undefined)
    return { ok: false, problem: `no URL after ${first}`, help: 'write explain GET https://HOST/PATH' };
  const isAssumed = !HAS_SCHEME.test(text);
  const noUrl =
    isAssumed && (paths.length === 0 || paths.some(path => HAS_SCHEME.test(path))) ? pathMistake(text) : undefined;
  if (noUrl !== undefined) return { ok: false, ...noUrl };
  const url = readAskedUrl(isAssumed ? `http://${text}` : text);
  if ('problem' in url) return { ok: false, ...url, problem: `the URL ${text} ${url.problem}` };
  const { header, cookie: cookies, clientIp, clientCert: hasClientCertificate } = flags;
  const isHost = ({ name }: SentHeader): boolean => name.toLowerCase() === 'host';
  const host = header.findLast(isHost)?.value ?? url.host;
  const headers = header.filter(each => !isHost(each));
  const parts = { method: isMethod ? first : 'GET', headers, cookies, clientIp, hasClientCertificate };
  return { ok: true, request: askedRequest({ ...url, host }, parts), isAssumed, paths, port: portIn(url.host) };
}
