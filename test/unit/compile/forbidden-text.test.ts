import { expect, test } from 'vitest';

import { reportForbiddenText } from '../../../src/compile/forbidden-text.ts';
import type { IngressParts } from '../../support/resources.ts';
import { ingressOf, linesOf, reported } from '../../support/resources.ts';

const forbidden = (parts: IngressParts) => {
  const { result, found } = reported(report => reportForbiddenText(ingressOf(parts), report));
  return { isForbidden: result, lines: linesOf(found), found };
};
const path = (text: string): IngressParts => ({ hosts: { 'a.io': [[text, 'web:80']] } });

test.each([
  { name: 'an alias', parts: path('/a; alias /x;'), what: 'an alias directive' },
  { name: 'an alias in a word', parts: path('/aliases;'), what: 'an alias directive' },
  { name: 'an alias over several lines', parts: path('/alias /x\n/y;'), what: 'an alias directive' },
  { name: 'a root', parts: path('/a;root /;'), what: 'a root directive' },
  { name: 'a system file', parts: path('/etc/passwd'), what: 'a file of the system' },
  { name: 'the folder of the controller', parts: path('/etc/ingress-controller'), what: 'a file of the system' },
  { name: 'tokens', parts: path('/var/run/secrets/x'), what: 'the tokens of a pod' },
  { name: 'Lua', parts: path('/content_by_lua_block'), what: 'Lua code' },
  { name: 'a host', parts: { hosts: { 'x_by_lua.io': undefined } }, what: 'Lua code' },
  { name: 'a TLS host', parts: { tls: { tls: ['x_by_lua.io'] } }, what: 'Lua code' },
  { name: 'a Secret', parts: { tls: { '/etc/shadow': [] } }, what: 'a file of the system' },
])('$name is forbidden', ({ parts, what }) => {
  const { isForbidden, lines } = forbidden(parts);
  expect(isForbidden).toBe(true);
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^forbidden-text: .* names ${what}$`, 's'))]);
});

test.each([
  '/alias',
  '/alias/x',
  '/; alias',
  '/root',
  '/roots/;x'.slice(0, 6),
  '/etc/hosts',
  '/var/run',
  '/by_lua',
  '/Alias;',
])('%s is fine', text => {
  expect(forbidden(path(text))).toEqual({ isForbidden: false, lines: [], found: [] });
});

test('each text is said, with its place', () => {
  const { found } = forbidden({ hosts: { 'a.io': [['/etc/passwd', 'web:80']] }, tls: { x: ['a.io', '_by_lua'] } });
  expect(found.map(({ at }) => at)).toEqual([
    { document: 'shop/web', path: ['spec', 'rules', 0, 'http', 'paths', 0, 'path'] },
    { document: 'shop/web', path: ['spec', 'tls', 0, 'hosts', 1] },
  ]);
});

test('a long text takes no long time', () => {
  expect(forbidden(path(`/${'alias'.repeat(200_000)}`)).isForbidden).toBe(false);
});
