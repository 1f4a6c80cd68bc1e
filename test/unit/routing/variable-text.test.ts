import { expect, test } from 'vitest';

import { decodedIn, readVariableText } from '../../../src/routing/variable-text.ts';

test.each([
  { name: 'text is text', text: 'a {b} "c"', parts: [{ text: 'a {b} "c"' }] },
  { name: 'nothing has no parts', text: '', parts: [] },
  {
    name: 'variables of nginx are found, whatever their case',
    text: '$Host${upstream_addr}_$ssl_protocol.',
    parts: [
      { variable: 'Host' },
      { variable: 'upstream_addr' },
      { text: '_' },
      { variable: 'ssl_protocol' },
      { text: '.' },
    ],
  },
  {
    name: 'variables of the controller are its own',
    text: '$proxy_upstream_name/$the_real_ip',
    parts: [{ ofController: 'proxy_upstream_name' }, { text: '/' }, { ofController: 'the_real_ip' }],
  },
  { name: 'a dollar has a name', text: '${literal_dollar}5', parts: [{ text: '$' }, { text: '5' }] },
])('$name', ({ text, parts }) => {
  expect(readVariableText(text)).toEqual({ ok: true, parts });
});

test.each([
  { text: 'a $', problem: 'has a $ without the name of a variable' },
  { text: '$$host', problem: 'has a $ without the name of a variable' },
  { text: '${host', problem: 'has a $ without the name of a variable' },
  { text: '${}', problem: 'has a $ without the name of a variable' },
  { text: '$1', problem: 'has $1, which is not a variable of nginx' },
  { text: '${geoip2_city}', problem: 'has ${geoip2_city}, which is not a variable of nginx' },
])('"$text" $problem', ({ text, problem }) => {
  expect(readVariableText(text)).toEqual({ ok: false, problem });
});

test('text that is decoded is found', () => {
  expect(decodedIn([{ text: 'a' }, { variable: 'URI' }])).toBe('URI');
  expect(decodedIn([{ variable: 'request_uri' }, { ofController: 'namespace' }])).toBeUndefined();
});
