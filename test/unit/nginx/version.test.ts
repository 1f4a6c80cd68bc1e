import { expect, test } from 'vitest';

import { parseNginxVersion, syntaxOf } from '../../../src/nginx/version.ts';

const OLD = { http2Directive: false, resolvingUpstreams: false, keepaliveMinTimeout: false, keepsByItself: false };

test.each([
  { name: 'no version is the oldest', text: undefined, syntax: OLD },
  { name: '1.22.1 is as old as none', text: '1.22.1', syntax: OLD },
  { name: '1.25.0 has no http2 directive', text: '1.25.0', syntax: OLD },
  { name: '1.25.1 has it', text: '1.25.1', syntax: { ...OLD, http2Directive: true } },
  {
    name: '1.27.3 resolves upstreams',
    text: '1.27.3',
    syntax: { ...OLD, http2Directive: true, resolvingUpstreams: true },
  },
  {
    name: '1.29.6 keeps no connections by itself',
    text: '1.29.6',
    syntax: { http2Directive: true, resolvingUpstreams: true, keepaliveMinTimeout: true, keepsByItself: false },
  },
  {
    name: '2.0.0 has everything',
    text: '2.0.0',
    syntax: { http2Directive: true, resolvingUpstreams: true, keepaliveMinTimeout: true, keepsByItself: true },
  },
])('$name', ({ text, syntax }) => {
  expect(syntaxOf(text === undefined ? undefined : parseNginxVersion(text))).toEqual(syntax);
});

test.each([
  { text: '1.26.3', version: { major: 1, minor: 26, patch: 3 } },
  { text: 'nginx version: nginx/1.22.1\n', version: { major: 1, minor: 22, patch: 1 } },
  { text: 'nginx version: nginx/1.24.0 (Ubuntu)', version: { major: 1, minor: 24, patch: 0 } },
  { text: '1.26', version: undefined },
  { text: '1.26.x', version: undefined },
  { text: 'v1.26.3', version: undefined },
])('reads $text', ({ text, version }) => expect(parseNginxVersion(text)).toEqual(version));
