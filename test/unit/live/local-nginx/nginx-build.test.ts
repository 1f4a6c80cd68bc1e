import { expect, test } from 'vitest';

import { isNewEnough, parseNginxBuild } from '../../../../src/live/local-nginx/nginx-build.ts';

/** As `nginx -V` prints it. */
const says = (version: string, ...words: readonly string[]): string => `nginx version: ${version}
built with OpenSSL 3.0.22 25 Aug 2026
TLS SNI support enabled
configure arguments: ${words.join(' ')}
`;

test('reads what nginx was built with', () => {
  const words = [
    "--with-cc-opt='-g -O2 --prefix-map=/x=.'",
    '--prefix=/usr/share/nginx',
    '--conf-path=/etc/nginx/nginx.conf',
    '--http-log-path=/var/log/nginx/access.log',
    '--error-log-path=stderr',
    '--pid-path=/run/nginx.pid',
    '--user=www',
    '--group=web',
    '--with-stream=dynamic',
    '--modules-path=/nowhere',
  ];
  expect(parseNginxBuild('/usr/sbin/nginx', says('nginx/1.22.1 (Debian)', ...words))).toEqual({
    program: '/usr/sbin/nginx',
    version: { major: 1, minor: 22, patch: 1 },
    confPath: '/etc/nginx/nginx.conf',
    pidPath: '/run/nginx.pid',
    errorLogPath: undefined,
    accessLogPath: '/var/log/nginx/access.log',
    user: 'www',
    group: 'web',
    streamModule: undefined,
  });
});

test('knows what nginx uses without being told', () => {
  expect(parseNginxBuild('/opt/nginx', says('nginx/1.26.0', '--pid-path=run/pid'))).toMatchObject({
    confPath: '/usr/local/nginx/conf/nginx.conf',
    pidPath: '/usr/local/nginx/run/pid',
    errorLogPath: '/usr/local/nginx/logs/error.log',
    user: undefined,
    group: undefined,
  });
});

test('takes nothing for nginx that does not say its version', () => {
  expect(parseNginxBuild('/bin/true', '')).toBeUndefined();
  expect(parseNginxBuild('/bin/true', says('apache/2.4.1'))).toBeUndefined();
});

test.each([
  { version: '1.22.0', isFine: true },
  { version: '1.31.3', isFine: true },
  { version: '2.0.0', isFine: true },
  { version: '1.21.6', isFine: false },
  { version: '0.8.54', isFine: false },
])('nginx $version is new enough: $isFine', ({ version, isFine }) => {
  const build = parseNginxBuild('/nginx', says(`nginx/${version}`));
  expect(build !== undefined && isNewEnough(build)).toBe(isFine);
});
