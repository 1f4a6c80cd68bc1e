import { describe, expect, test } from 'vitest';

import { renderNginx } from '../../../src/nginx/render.ts';
import type { RequestTest, Split } from '../../../src/routing/model.ts';
import { fromIngress, locationOf, routingOf, serverOf, upstreamOf } from '../../support/routing.ts';

/** What is declared for a split of `main` and `other`, each in a line, without the digits of names. */
function declared(split: Partial<Split>): readonly string[] {
  const routing = routingOf({
    hosts: [serverOf('a.io', [locationOf('/', { kind: 'proxy', to: { kind: 'split', name: 'split_main' } })])],
    upstreams: [
      upstreamOf('main', '10.0.0.1:80'),
      upstreamOf('other', '10.0.0.2:80'),
      upstreamOf('third', '10.0.0.3:80'),
    ],
    splits: [
      { name: 'split_main', rules: [], shares: [{ to: 'main', parts: 1 }], from: [fromIngress('shop/web')], ...split },
    ],
  });
  const { files } = renderNginx(routing, {});
  const conf = new TextDecoder().decode(files.find(({ path }) => path === 'nginx.conf')?.bytes);
  const found = conf.matchAll(/^ {4}(?:split_clients "split_main|map \S+ \$split_)[^}]*\}|proxy_pass http:\/\/[^;]*/gm);
  return Array.from(found, ([text]) =>
    text
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/_[0-9a-f]{8}\b/g, '')
      .trim(),
  );
}

describe('the shares of a split are in steps of 0.01 percent', () => {
  test.each<{ name: string; shares: readonly (readonly [to: string, parts: number])[]; rows: string }>([
    {
      name: 'a tenth',
      shares: [
        ['other', 10],
        ['main', 90],
      ],
      rows: '10% other; * main;',
    },
    {
      name: 'two thirds',
      shares: [
        ['other', 2],
        ['main', 1],
      ],
      rows: '33.33% main; * other;',
    },
    {
      name: 'a half',
      shares: [
        ['other', 1],
        ['main', 1],
      ],
      rows: '50% main; * other;',
    },
    {
      name: 'as little as there is',
      shares: [
        ['other', 1],
        ['main', 99_999],
      ],
      rows: '0.01% other; * main;',
    },
    {
      name: 'of three',
      shares: [
        ['other', 1],
        ['main', 7],
        ['third', 2],
      ],
      rows: '10% other; 20% third; * main;',
    },
  ])('$name', ({ shares, rows }) => {
    expect(declared({ shares: shares.map(([to, parts]) => ({ to, parts })) })).toEqual([
      `split_clients "split_main $request_id" $split_main { ${rows} }`,
      'proxy_pass http://$split_main',
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
      lines: [String.raw`map $http_x_try $split_main { "~^a\.b$" other; "~^c$" other; default main; }`],
    },
    {
      name: 'those of several in several, the last one first',
      tests: [header('X-Try', 'a'), cookie('Try', 'b')],
      lines: [
        'map $cookie_try $split_main { "~^b$" other; default main; }',
        'map $http_x_try $split_main { "~^a$" other; default $split_main; }',
      ],
    },
    {
      name: 'an expression as it is',
      tests: [{ of: 'header', name: 'x_try', is: { kind: 'regex', regex: 'v"[0-9]$' } }],
      lines: [String.raw`map $http_x_try $split_main { "~v\"[0-9]$" other; default main; }`],
    },
    {
      name: 'a cookie that is no variable of nginx by its name',
      tests: [cookie('a.b', 'x')],
      lines: [
        String.raw`map $http_cookie $split_cookie { "~*(?:^|[;,] *)a\.b *= *(?<cookie_of_split>[^;]*)" $cookie_of_split; default ""; }`,
        'map $split_cookie $split_main { "~^x$" other; default main; }',
      ],
    },
  ])('$name', ({ tests, lines }) => {
    const found = declared({ rules: tests.map(when => ({ when, to: 'other' })) });
    expect(found.toSorted()).toEqual([...lines, 'proxy_pass http://$split_main'].toSorted());
  });
});
