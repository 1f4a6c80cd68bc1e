import { describe, expect, test } from 'vitest';

import { compileSources } from '../support/compiled.ts';
import { ingress } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { checkNginx, freePorts } from '../support/nginx.ts';

const paths = [['/', 'Prefix', 'web']] as const;

function times(count: number, make: (index: number) => readonly Manifest[]): readonly Manifest[] {
  return Array.from({ length: count }, (_, index) => make(index)).flat();
}

/** What nginx says about a configuration of these objects. */
async function complaintsAbout(objects: readonly Manifest[]): Promise<string> {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const text = objects.map(object => JSON.stringify(object)).join('\n---\n');
  const settings = { httpPort, httpsPort, resolvers: ['127.0.0.1'] };
  const { files } = compileSources([{ name: 'objects.yaml', text }], settings);
  const { isFine, stderr } = checkNginx(files);
  expect({ isFine, stderr }).toMatchObject({ isFine: true });
  return stderr.replaceAll(/^.*(?:syntax is ok|test is successful)\n/gm, '');
}

function withCanary(index: number): readonly Manifest[] {
  const host = `shop-${index}.example.com`;
  const asked = { canary: 'true', 'canary-by-header': `X-Canary-${index}`, 'canary-weight': String((index % 99) + 1) };
  const next = [['/', 'Prefix', `next-${index}`]] as const;
  return [
    ingress({ name: `web-${index}`, host, paths: [['/', 'Prefix', `web-${index}`]] }),
    ingress({ name: `next-${index}`, host, paths: next, annotations: asked }),
  ];
}

function withCors(index: number): readonly Manifest[] {
  const origins = Array.from({ length: (index % 3) + 1 }, (_, each) => `https://team-${index}-${each}.example.com`);
  const annotations = { 'enable-cors': 'true', 'cors-allow-origin': origins.join(','), 'cors-max-age': String(index) };
  return [ingress({ name: `api-${index}`, host: `api-${index}.example.com`, paths, annotations })];
}

function withErrors(index: number): readonly Manifest[] {
  const annotations = { 'custom-http-errors': `404,${500 + (index % 99)}`, affinity: 'cookie' };
  return [ingress({ name: `web-${index}`, host: `web-${index}.example.com`, paths, annotations })];
}

const COUNTS = [1, 3, 10, 20, 30, 60, 120, 300];

describe('nginx warns of nothing', () => {
  test.each(COUNTS)('with %i different canaries', async count => {
    expect(await complaintsAbout(times(count, withCanary))).toBe('');
  });

  test.each(COUNTS)('with %i different CORS policies', async count => {
    expect(await complaintsAbout(times(count, withCors))).toBe('');
  });

  test.each(COUNTS)('with %i different lists of error pages', async count => {
    expect(await complaintsAbout(times(count, withErrors))).toBe('');
  });

  test.each(COUNTS)('with %i origins of one policy', async count => {
    const origins = Array.from({ length: count }, (_, index) => `https://team-${index}.apps.example.com`).join(',');
    const annotations = { 'enable-cors': 'true', 'cors-allow-origin': origins };
    expect(await complaintsAbout([ingress({ host: 'api.example.com', paths, annotations })])).toBe('');
  });

  test('with a dozen names of variables, next to those that every file has', async () => {
    const annotations = { 'enable-cors': 'true', affinity: 'cookie', 'affinity-mode': 'persistent' };
    const tls = { 'force-ssl-redirect': 'true' };
    const host = 'shop.example.com';
    const shop = ingress({ host, paths, annotations: { ...annotations, ...tls, 'session-cookie-name': 'a b' } });
    const far = ingress({ name: 'far', host: '*.example.com', paths, annotations });
    expect(await complaintsAbout([shop, far])).toBe('');
  });

  test('with all families in one Ingress', async () => {
    const annotations = {
      'enable-cors': 'true',
      'cors-allow-origin': 'https://app.example.com',
      'cors-expose-headers': 'X-Request-ID',
      'custom-http-errors': '400,401,403,404,413,500,501,502,503,504',
      'proxy-body-size': '8k',
      'force-ssl-redirect': 'true',
      affinity: 'cookie',
    };
    const host = 'shop-0.example.com';
    const main = ingress({ name: 'web-0', host, paths: [['/', 'Prefix', 'web-0']], annotations });
    expect(await complaintsAbout([main, ...withCanary(0).slice(1)])).toBe('');
  });
});
