import { urlOf } from '../answers/explain/asked-url.ts';
import type { AskedRequest } from '../answers/explain/model.ts';
import type { ExpectedHeader, ExpectedService } from '../answers/tests/model.ts';
import type { FrozenTest, HostTests } from '../answers/tests/init/init.ts';
import { readable, visibleInJson } from '../diagnostics/visible.ts';

export interface TestsFileOptions {
  /** From the folder of the file, where a file may name them. */
  readonly manifests: readonly string[] | undefined;
  /** The command that runs them, with the flags that they were made with; undefined where it needs none. */
  readonly runBy?: string | undefined;
}

const SCHEMA = 'https://raw.githubusercontent.com/ingress2nginx/ingress2nginx/main/docs/schemas/tests.json';

/** A file of tests, grouped by host, as somebody would write it. */
export function testsFile(hosts: readonly HostTests[], { manifests, runBy }: TestsFileOptions): string {
  const head = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# What the manifests do today: written by "ingress2nginx test --init", run by "ingress2nginx test FILE".',
    ...(runBy === undefined ? [] : [`# Run by: ${readable(runBy)}`]),
    '# Keep what must not change, and write down what it is for.',
    ...(manifests === undefined
      ? ['# It cannot name its manifests: name them with --input.']
      : ['manifests:', ...manifests.map(path => `  - ${scalar(path)}`)]),
    ...(hosts.some(({ tests }) => tests.length > 0) ? ['tests:'] : ['tests: []']),
  ];
  return [...head, ...hosts.flatMap(hostLines)].map(line => `${line}\n`).join('');
}

function hostLines({ host, tests, notes }: HostTests): readonly string[] {
  return [
    '',
    `  # ${host === '_' ? 'Any other host' : readable(host)}`,
    ...notes.map(note => `  # ${readable(note)}`),
    ...tests.flatMap(testLines),
  ];
}

function testLines({ name, request, expected }: FrozenTest): readonly string[] {
  const { status, service, ingress, location, uri, host, responseHeaders = [], auth, tls } = expected;
  return [
    `  - name: ${scalar(readable(name))}`,
    ...requestLines(request),
    '    expect:',
    ...field('status', status === undefined ? undefined : String(status)),
    ...(service === undefined ? [] : serviceLines(service)),
    ...field('ingress', ingress),
    ...field('location', location),
    ...field('uri', uri),
    ...field('host', host),
    ...headerLines(responseHeaders),
    ...field('auth', auth),
    ...field('tls', tls),
  ];
}

function field(name: string, value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  return [`      ${name}: ${name === 'status' ? value : scalar(value)}`];
}

function requestLines({ method, headers, clientIp, hasClientCertificate, ...url }: AskedRequest): readonly string[] {
  if (headers.length === 0 && clientIp === undefined && !hasClientCertificate)
    return [`    request: ${scalar(`${method} ${urlOf(url)}`)}`];
  return [
    '    request:',
    ...(method === 'GET' ? [] : [`      method: ${scalar(method)}`]),
    `      url: ${scalar(urlOf(url))}`,
    ...(headers.length === 0 ? [] : ['      headers:']),
    ...headers.map(({ name, value }) => `        ${scalar(name)}: ${scalar(value)}`),
    ...(clientIp === undefined ? [] : [`      clientIp: ${scalar(clientIp)}`]),
    ...(hasClientCertificate ? ['      clientCertificate: true'] : []),
  ];
}

function serviceLines(services: readonly ExpectedService[]): readonly string[] {
  const [first, ...others] = services;
  if (first !== undefined && others.length === 0 && first.percent === undefined)
    return [`      service: ${scalar(first.service)}`];
  return [
    '      service:',
    ...services.flatMap(({ service, percent }) =>
      percent === undefined
        ? [`        - ${scalar(service)}`]
        : [`        - name: ${scalar(service)}`, `          percent: ${Number(percent.toFixed(2))}`],
    ),
  ];
}

function headerLines(headers: readonly ExpectedHeader[]): readonly string[] {
  if (headers.length === 0) return [];
  return [
    '      responseHeaders:',
    ...headers.map(({ name, value }) => `        ${scalar(name)}: ${value === undefined ? 'null' : scalar(value)}`),
  ];
}

const PLAIN = /^[A-Za-z/][\w./:?=&%~+()*-]*(?: [\w./:?=&%~+()*-]+)*$/;
const OTHER_TYPES = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text as a plain scalar where that is safe, else in quotes. */
function scalar(text: string): string {
  const isPlain = PLAIN.test(text) && !OTHER_TYPES.test(text) && !/:(?: |$)/.test(text);
  return isPlain ? text : visibleInJson(JSON.stringify(text));
}
