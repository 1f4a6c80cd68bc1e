import type { BackendChoice, Explanation } from '../../src/answers/explain/model.ts';
import { textOf } from '../../src/routing/bytes.ts';
import type { Got } from './client.ts';
import { RECEIVED } from './pods.ts';
import type { Received } from './pods.ts';

/** Headers of a response that nginx gives by itself, or that depend on the pod. */
const NOT_COMPARED = new Set([
  'date',
  'content-type',
  'content-length',
  'connection',
  'transfer-encoding',
  'set-cookie',
  'server',
  'location',
  'www-authenticate',
  RECEIVED,
]);

/** How an answer differs from its explanation, in one line; undefined where they agree, or where it says that it cannot tell. */
export function differenceOf(explanation: Explanation, got: Got): string | undefined {
  const { outcome } = explanation;
  switch (outcome.kind) {
    case 'unclear':
      return undefined;
    case 'closed':
      return got.kind === 'closed' ? undefined : `answered with ${got.status}, not closed`;
    case 'answer': {
      if (got.kind === 'closed') return `closed, not answered with ${outcome.status}`;
      if (outcome.page !== undefined) return pageDifference(outcome.page, got.received);
      if (got.received !== undefined) return `${placeOf(got.received)} answered, not nginx with ${outcome.status}`;
      if (got.status !== outcome.status) return `status ${got.status}, not ${outcome.status}`;
      const location = seenText(got.headers['location']?.[0]);
      if (location !== outcome.url) return `Location ${location}, not ${outcome.url}`;
      return responseDifference(explanation, got.headers);
    }
    case 'backend': {
      if (got.kind === 'closed') return 'closed, not answered by a backend';
      if (got.received === undefined) return `nginx answered with ${got.status}, not a backend`;
      const differences = outcome.choices
        .filter(({ percent }) => percent > 0)
        .map(choice => backendDifference(choice, got.received));
      const isOne = differences.includes(undefined);
      if (!isOne) return differences.join(' / ');
      return responseDifference(explanation, got.headers);
    }
  }
}

/** Bytes as a person reads them. */
function seenText(bytes: string | undefined): string | undefined {
  return bytes === undefined ? undefined : textOf(bytes);
}

function placeOf({ address, port }: Received): string {
  return `${address}:${port}`;
}

function pageDifference(page: BackendChoice, received: Received | undefined): string | undefined {
  const found = backendDifference(page, received);
  return found === undefined ? undefined : `error page: ${found}`;
}

function backendDifference(choice: BackendChoice, received: Received | undefined): string | undefined {
  if (received === undefined) return 'nginx answered by itself';
  const { peers } = choice;
  if (peers.kind === 'addresses') {
    const isOne = peers.addresses.some(({ address, port }) => address === received.address && port === received.port);
    if (!isOne) return `${placeOf(received)} was asked, not ${choice.upstream}`;
  }
  const uri = seenText(received.uri);
  if (choice.uri !== undefined && uri !== choice.uri) return `it saw ${uri}, not ${choice.uri}`;
  const host = seenText(received.headers['host']);
  if (choice.host !== undefined && host !== choice.host) return `its Host was ${host}, not ${choice.host}`;
  for (const { name, value } of choice.headers) {
    const seen = seenText(received.headers[name.toLowerCase()]) ?? '';
    if (value !== undefined && seen !== value) return `its ${name} was "${seen}", not "${value}"`;
  }
  return undefined;
}

function responseDifference(
  { responseHeaders: expected, outcome }: Explanation,
  headers: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  const explained = new Set(expected.map(({ name }) => name.toLowerCase()));
  // What nginx answers early is explained without all of its headers.
  const extra =
    outcome.kind !== 'backend'
      ? undefined
      : Object.keys(headers).find(key => !NOT_COMPARED.has(key) && !explained.has(key));
  if (extra !== undefined) return `the response has ${extra} "${headers[extra]?.join('", "')}", which is not explained`;
  for (const { name, value } of expected) {
    const key = name.toLowerCase();
    if (value === undefined || NOT_COMPARED.has(key)) continue;
    const lines = headers[key] ?? [];
    if (value === '' ? lines.length > 0 : !lines.includes(value)) {
      return `the response has ${name} "${lines.join('", "')}", not "${value}"`;
    }
  }
  return undefined;
}
