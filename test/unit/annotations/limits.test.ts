import { expect, test } from 'vitest';

import { limits } from '../../../src/annotations/limits.ts';
import type { Limits, LimitStatuses } from '../../../src/routing/policies/limits.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;

const NONE: Limits = { scope: 'shop/web', client: 'binary_remote_addr', exempt: [], connections: 0, requests: [] };
const IDLE = 'has no effect without limit-rps, limit-rpm or limit-connections';

interface Row {
  readonly name: string;
  readonly given: Given;
  readonly options?: Given;
  readonly asks?: Limits;
  readonly denied?: string;
  readonly lines?: readonly string[];
}

test.each<Row>([
  { name: 'as much as it likes, where nothing is said', given: {} },
  {
    name: 'so many requests per second, and five times more for a moment',
    given: { 'limit-rps': '10' },
    asks: { ...NONE, requests: [{ per: 'second', most: 10, burst: 50 }] },
  },
  {
    name: 'so many requests per minute',
    given: { 'limit-rpm': '60', 'limit-burst-multiplier': '2' },
    asks: { ...NONE, requests: [{ per: 'minute', most: 60, burst: 120 }] },
  },
  {
    name: 'no more than the rate, even for a moment',
    given: { 'limit-rps': '10', 'limit-burst-multiplier': '0' },
    asks: { ...NONE, requests: [{ per: 'second', most: 10, burst: 0 }] },
  },
  {
    name: 'so many requests at once',
    given: { 'limit-connections': '3' },
    asks: { ...NONE, connections: 3 },
  },
  {
    name: 'what all limits together leave',
    given: { 'limit-rps': '1', 'limit-rpm': '2', 'limit-connections': '3' },
    asks: {
      ...NONE,
      connections: 3,
      requests: [
        { per: 'second', most: 1, burst: 5 },
        { per: 'minute', most: 2, burst: 10 },
      ],
    },
  },
  { name: 'as much as it likes, with limits of 0 and less', given: { 'limit-rps': '0', 'limit-rpm': '-1' } },
  {
    name: 'no more than nginx can count',
    given: { 'limit-rps': '999999999999', 'limit-rpm': '999999999999', 'limit-connections': '65536' },
    asks: {
      ...NONE,
      connections: 65_535,
      requests: [
        { per: 'second', most: 1_000_000, burst: 5_000_000 },
        { per: 'minute', most: 60_000_000, burst: 300_000_000 },
      ],
    },
  },
  {
    name: 'as much as it likes from certain networks',
    given: { 'limit-rps': '1', 'limit-allowlist': '10.1.1.1/8, ::1' },
    asks: { ...NONE, exempt: ['10.0.0.0/8', '::1'], requests: [{ per: 'second', most: 1, burst: 5 }] },
  },
  {
    name: 'as much as it likes from networks under the older name',
    given: { 'limit-connections': '1', 'limit-whitelist': '10.0.0.1' },
    asks: { ...NONE, exempt: ['10.0.0.1'], connections: 1 },
  },
  {
    name: 'what the newer name says where both are there',
    given: { 'limit-connections': '1', 'limit-allowlist': '10.0.0.2', 'limit-whitelist': '10.0.0.1' },
    asks: { ...NONE, exempt: ['10.0.0.2'], connections: 1 },
  },
  {
    name: 'as much as it likes, with a list of networks alone',
    given: { 'limit-whitelist': '10.0.0.1' },
    lines: [`annotation-without-effect: limit-whitelist ${IDLE}`],
  },
  {
    name: 'as much as it likes, with a burst alone',
    given: { 'limit-burst-multiplier': '2', 'limit-rps': '0' },
    lines: [`annotation-without-effect: limit-burst-multiplier ${IDLE}`],
  },
  ...['limit-rps', 'limit-rpm', 'limit-connections'].map(name => ({
    name: `nothing, with a wrong ${name}, for which the controller drops the Ingress`,
    given: { [name]: '10r/s' },
    denied: `invalid value in annotation ${name}`,
    lines: [`dropped-for-value: ${name}: "10r/s" is not a whole number`],
  })),
  ...['limit-allowlist', 'limit-whitelist'].map(name => ({
    name: `nothing, with a wrong ${name}, for which the controller drops the Ingress`,
    given: { [name]: 'office' },
    denied: `invalid value in annotation ${name}`,
    lines: [`dropped-for-value: ${name}: "office" has "office", which is no IP address or network`],
  })),
  {
    name: 'five times the rate with a wrong burst',
    given: { 'limit-rps': '1', 'limit-burst-multiplier': '2x' },
    asks: { ...NONE, requests: [{ per: 'second', most: 1, burst: 5 }] },
    lines: ['invalid-annotation-value: limit-burst-multiplier: "2x" is not a whole number'],
  },
  {
    name: 'what is counted by another variable',
    given: { 'limit-connections': '1' },
    options: { 'limit-conn-zone-variable': '$http_x_api_key' },
    asks: { ...NONE, client: 'http_x_api_key', connections: 1 },
  },
  ...['http_x', '$unheard_of', '$binary_remote_addr$uri', '$HTTP_X', ''].map(text => ({
    name: `what is counted by address with the variable "${text}"`,
    given: { 'limit-connections': '1' },
    options: { 'limit-conn-zone-variable': text },
    asks: { ...NONE, connections: 1 },
    lines: [`invalid-option-value: limit-conn-zone-variable: "${text}" is not a variable of nginx`],
  })),
])('a client may ask for $name', ({ given, options = {}, asks, denied, lines = [] }) => {
  const run = runFamily(limits, given, { options });
  expect(run.policy).toEqual(asks);
  expect(run.denied).toBe(denied);
  expect(linesOf(run.found)).toEqual(lines);
});

test.each<{ name: string; data: Given; asks?: LimitStatuses; lines?: readonly string[] }>([
  { name: '503, which nginx answers anyway', data: { 'limit-req-status-code': '503' } },
  {
    name: 'another one',
    data: { 'limit-req-status-code': '429' },
    asks: { ofRequests: 429, ofConnections: 503 },
  },
  {
    name: '503 with a status that nginx would refuse',
    data: { 'limit-conn-status-code': '200' },
    lines: ['invalid-option-value: limit-conn-status-code: "200" is not between 400 and 599'],
  },
])('the status over a limit is $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(limits, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
