import { expect, test } from 'vitest';

import { forwarded } from '../../../src/controller-config/forwarded.ts';
import type { Forwarded } from '../../../src/routing/policies/forwarded.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const CIDR = 'proxy-real-ip-cidr';
const NOTHING: Forwarded = {
  isBelieved: false,
  isContinued: false,
  forHeader: 'X-Forwarded-For',
  hostHeader: 'X-Forwarded-Host',
  bothHeader: 'X-Forwarded-For-Proxy-Protocol',
  isClosed: false,
};
const EVERYBODY = ['0.0.0.0/0'];

test.each<{
  name: string;
  data: Readonly<Record<string, string>>;
  asks: Forwarded;
  lines?: readonly string[];
}>([
  { name: 'nothing is believed', data: {}, asks: NOTHING },
  {
    name: 'nobody is asked for, though somebody is trusted',
    data: { 'use-forwarded-headers': 'false', [CIDR]: '10.0.0.0/8', 'compute-full-forwarded-for': 'true' },
    asks: NOTHING,
  },
  {
    name: 'forwarded headers are believed of everybody',
    data: { 'use-forwarded-headers': 'true' },
    asks: { ...NOTHING, isBelieved: true, trusted: EVERYBODY },
  },
  {
    name: 'who is trusted names the client',
    data: { 'enable-real-ip': 'true', [CIDR]: ' 10.1.2.3/8 ,, 2001:DB8::1' },
    asks: { ...NOTHING, trusted: ['10.0.0.0/8', '2001:db8::1'] },
  },
  {
    name: 'so does who sends a PROXY header',
    data: { 'use-proxy-protocol': 't' },
    asks: { ...NOTHING, trusted: EVERYBODY },
  },
  {
    name: 'nobody is trusted with an empty list',
    data: { 'enable-real-ip': 'true', [CIDR]: '' },
    asks: { ...NOTHING, trusted: [] },
  },
  {
    name: 'a header is continued where headers are believed',
    data: { 'use-forwarded-headers': 'true', 'compute-full-forwarded-for': 'true' },
    asks: { ...NOTHING, isBelieved: true, isContinued: true, trusted: EVERYBODY },
  },
  {
    name: 'headers have other names',
    data: {
      'enable-real-ip': 'true',
      'forwarded-for-header': 'CF-Connecting-IP',
      'forwarded-host-header': 'X-Host',
      'forwarded-for-proxy-protocol-header': 'X-Chain',
    },
    asks: {
      ...NOTHING,
      forHeader: 'CF-Connecting-IP',
      hostHeader: 'X-Host',
      bothHeader: 'X-Chain',
      trusted: EVERYBODY,
    },
  },
  {
    name: 'a list with one wrong entry lets nobody in',
    data: { 'enable-real-ip': 'true', [CIDR]: '10.0.0.0/8,lb' },
    asks: { ...NOTHING, isClosed: true },
    lines: [`invalid-guard-option: ${CIDR}: "10.0.0.0/8,lb" has "lb", which is no IP address or network`],
  },
  {
    name: 'a wrong list that nobody reads closes nothing',
    data: { [CIDR]: 'lb' },
    asks: NOTHING,
    lines: [`invalid-guard-option: ${CIDR}: "lb" has "lb", which is no IP address or network`],
  },
  {
    name: 'the word of nginx is no header',
    data: { 'enable-real-ip': 'true', 'forwarded-for-header': 'proxy_protocol' },
    asks: { ...NOTHING, isClosed: true, trusted: EVERYBODY },
    lines: ['invalid-guard-option: forwarded-for-header: "proxy_protocol" has characters that are not allowed here'],
  },
  {
    name: 'what would end the directive is no header',
    data: { 'forwarded-host-header': 'X; return 418' },
    asks: NOTHING,
    lines: ['invalid-option-value: forwarded-host-header: "X; return 418" has characters that are not allowed here'],
  },
  {
    name: 'what is no boolean leaves the default',
    data: { 'use-forwarded-headers': 'yes' },
    asks: NOTHING,
    lines: ['invalid-option-value: use-forwarded-headers: "yes" is not a boolean'],
  },
])('$name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(forwarded, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
