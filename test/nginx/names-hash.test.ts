import { describe, expect, test } from 'vitest';

import { renderNginx } from '../../src/nginx/render.ts';
import { checkNginx, freePorts, localNginxVersion } from '../support/nginx.ts';
import { locationOf, routingOf, serverOf, status } from '../support/routing.ts';

const usual = (index: number): string => `shop-${index}.team${index % 17}.apps.example.com`;
const short = (index: number): string => `a${index}.example.com`;
/** 253 letters, as many as a name can have. */
const longest = (index: number): string =>
  `${`a${index}`.padEnd(63, 'x')}.${`b${index}`.padEnd(63, 'y')}.${'c'.repeat(63)}.${'d'.repeat(61)}`;

/** What nginx says about a configuration with these hosts. */
async function complaintsAbout(hosts: readonly string[]): Promise<string> {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const locations = [locationOf('/', status(404, 'nothing here'))];
  const servers = hosts.toSorted().map(host => serverOf(host, locations));
  const routing = routingOf({ listeners: { ...routingOf({}).listeners, httpPort, httpsPort }, hosts: servers });
  const { isFine, stderr } = checkNginx(renderNginx(routing, { version: localNginxVersion() }));
  expect(isFine).toBe(true);
  return stderr.replaceAll(/^.*(?:syntax is ok|test is successful)\n/gm, '');
}

describe('nginx warns of nothing', () => {
  test.each([1, 80, 300, 511, 512, 1000, 3000, 10_000])('with %i usual names', async count => {
    expect(await complaintsAbout(Array.from({ length: count }, (_, index) => usual(index)))).toBe('');
  });

  test.each([1, 80, 511, 512, 1000, 10_000])('with %i names of the longest kind', async count => {
    expect(await complaintsAbout(Array.from({ length: count }, (_, index) => longest(index)))).toBe('');
  });

  test('with one long name among many short ones', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => short(index));
    expect(await complaintsAbout([...names, longest(0)])).toBe('');
  });
});
