import { describe, expect, test } from 'vitest';

import { renderNginx } from '../../../src/nginx/render.ts';
import type { RequestTest, Split } from '../../../src/routing/model.ts';
import { fromIngress, locationOf, routingOf, serverOf, upstreamOf } from '../../support/routing.ts';

const NAMES = ['main', 'other', 'third'];

/** What is declared for splits of these upstreams, each in a line, without the digits of names. */
function declared(...splits: readonly Partial<Split>[]): readonly string[] {
  const named = splits.map((split, index) => ({
    name: `split_${index}`,
    rules: [],
    shares: [{ to: 'main', parts: 1 }],
    from: [fromIngress('shop/web')],
    ...split,
  }));
  const locations = named.map(({ name }) => locationOf(`/${name}`, { kind: 'proxy', to: { kind: 'split', name } }));
  const upstreams = NAMES.map((name, index) => upstreamOf(name, `10.0.0.${index}:80`));
  const { files } = renderNginx(routingOf({ hosts: [serverOf('a.io', locations)], upstreams, splits: named }), {});
  const conf = new TextDecoder().decode(files.find(({ path }) => path === 'nginx.conf')?.bytes);
  const found = conf.matchAll(/^ {2}(?:split_clients|map \S+ \$split)[^}]*\}|proxy_pass http:\/\/[^;]*/gm);
  return Array.from(found, ([text]) =>
    text
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/_[0-9a-f]{8}\b/g, '')
      .trim(),
  );
}

describe('the shares of a split are in steps of 0.01 percent', () => {
  test.each<{ name: string; shares: readonly (readonly [to: string, parts: number])[]; rows: string; ways: string }>([
    {
      name: 'a tenth',
      shares: [
        ['other', 10],
        ['main', 90],
      ],
      rows: '10% 1; * 0;',
      ways: '1 other; default main;',
    },
    {
      name: 'two thirds',
      shares: [
        ['other', 2],
        ['main', 1],
      ],
      rows: '33.33% 0; * 1;',
      ways: '1 other; default main;',
    },
    {
      name: 'a half',
      shares: [
        ['other', 1],
        ['main', 1],
      ],
      rows: '50% 0; * 1;',
      ways: '1 other; default main;',
    },
    {
      name: 'as little as there is',
      shares: [
        ['other', 1],
        ['main', 99_999],
      ],
      rows: '0.01% 1; * 0;',
      ways: '1 other; default main;',
    },
    {
      name: 'of three',
      shares: [
        ['other', 1],
        ['main', 7],
        ['third', 2],
      ],
      rows: '10% 2; 20% 0; * 1;',
      ways: '1 main; 2 other; default third;',
    },
  ])('$name', ({ shares, rows, ways }) => {
    expect(declared({ shares: shares.map(([to, parts]) => ({ to, parts })) }).toSorted()).toEqual([
      `map $split $split_0 { ${ways} }`,
      'proxy_pass http://$split_0',
      `split_clients "split $request_id" $split { ${rows} }`,
    ]);
  });

  test('all need no chance', () => {
    expect(declared({ shares: [{ to: 'other', parts: 5 }] })).toEqual(['proxy_pass http://other']);
  });
});

describe('the rules of a split are asked in their order', () => {
  const header = (name: string, text: string): RequestTest => ({ of: 'header', name, is: { kind: 'text', text } });
  const cookie = (name: string, text: string): RequestTest => ({ of: 'cookie', name, is: { kind: 'text', text } });
  test.each<{ name: string; tests: readonly RequestTest[]; lines: readonly string[] }>([
    {
      name: 'those of one header in one map, whose texts are expressions: nginx ignores the case of texts',
      tests: [header('X-Try', 'a.b'), header('X-Try', 'c')],
      lines: [String.raw`map $http_x_try $split { "~^a\.b$" 1; "~^c$" 1; default 0; }`],
    },
    {
      name: 'those of several in several, the last one first',
      tests: [header('X-Try', 'a'), cookie('Try', 'b')],
      lines: [
        'map $cookie_try $split { "~^b$" 1; default 0; }',
        'map $http_x_try $split { "~^a$" 1; default $split; }',
      ],
    },
    {
      name: 'an expression as it is',
      tests: [{ of: 'header', name: 'x_try', is: { kind: 'regex', regex: 'v"[0-9]$' } }],
      lines: [String.raw`map $http_x_try $split { "~v\"[0-9]$" 1; default 0; }`],
    },
    {
      name: 'a cookie that is no variable of nginx by its name',
      tests: [cookie('a.b', 'x')],
      lines: [
        String.raw`map $http_cookie $split_cookie { "~*(?:^|[;,] *)a\.b *= *(?<cookie_of_split>[^;]*)" $cookie_of_split; default ""; }`,
        'map $split_cookie $split { "~^x$" 1; default 0; }',
      ],
    },
  ])('$name', ({ tests, lines }) => {
    const found = declared({ rules: tests.map(when => ({ when, to: 'other' })) });
    const ways = ['map $split $split_0 { 1 other; default main; }', 'proxy_pass http://$split_0'];
    expect(found.toSorted()).toEqual([...lines, ...ways].toSorted());
  });

  test('and splits that decide alike share what decides', () => {
    const rules = (to: string) => [{ when: header('X-Try', 'a'), to }];
    expect(
      declared({ rules: rules('other') }, { rules: rules('main'), shares: [{ to: 'third', parts: 3 }] }).toSorted(),
    ).toEqual([
      'map $http_x_try $split { "~^a$" 1; default 0; }',
      'map $split $split_0 { 1 other; default main; }',
      'map $split $split_1 { 1 main; default third; }',
      'proxy_pass http://$split_0',
      'proxy_pass http://$split_1',
    ]);
  });
});
