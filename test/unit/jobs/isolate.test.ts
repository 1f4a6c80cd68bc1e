import { describe, expect, test } from 'vitest';

import { isolate } from '../../../src/jobs/isolate.ts';
import type { Isolation } from '../../../src/jobs/isolate.ts';
import { compileUnits } from '../../../src/jobs/compile-units.ts';
import { minimalSet } from '../../../src/jobs/minimal-set.ts';
import type { NginxVerdict } from '../../../src/live/local-nginx/nginx-test.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import type { FileSet } from '../../../src/nginx/file-set.ts';
import { confOf } from '../../../src/nginx/file-set.ts';
import { renderNginx, renderSteps } from '../../../src/nginx/render.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { ingress, service, tlsSecret, yamlOf } from '../../support/manifests.ts';
import type { Manifest, PathRow } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const CART = service('cart', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.8' });

/** An Ingress of a name whose only path is `/NAME`. */
function named(name: string, options: { readonly host?: string; readonly path?: PathRow } = {}): Manifest {
  const { host = `${name}.example.com`, path = [`/${name}`, 'Prefix', 'web'] } = options;
  return ingress({ name, host, paths: [path] });
}

/** A line of nginx.conf that an nginx refuses, and whether it says which. */
interface Dislike {
  readonly line: RegExp;
  readonly says: string;
  readonly namesLine?: boolean;
}

/** An nginx that refuses the first line that it dislikes. */
function verdictOf(files: FileSet, dislikes: readonly Dislike[]): NginxVerdict {
  for (const [index, line] of confOf(files).split('\n').entries()) {
    const found = dislikes.find(dislike => dislike.line.test(line));
    if (found === undefined) continue;
    const place = found.namesLine === false ? '' : ` in nginx.conf:${index + 1}`;
    return { kind: 'refused', stderr: `nginx: [emerg] ${found.says}${place}\nnginx: configuration file test failed\n` };
  }
  return { kind: 'accepted', stderr: '' };
}

interface Run {
  readonly isolation: Isolation;
  /** Who was taken out, and for what. */
  readonly said: readonly string[];
  readonly questions: number;
}

async function isolateFrom(manifests: readonly Manifest[], dislikes: readonly Dislike[]): Promise<Run> {
  const unit = readUnit({ name: 'shop.yaml', text: yamlOf(manifests) });
  const loaded = compileUnits({ units: [unit], files: 1 }, SETTINGS);
  const files = renderNginx(loaded.routing, {});
  const first = verdictOf(files, dislikes);
  if (first.kind !== 'refused') throw new Error('there is nothing to isolate');
  let questions = 0;
  const isolation = await isolate({
    loaded,
    files,
    stderr: first.stderr,
    render: routing => renderSteps(routing, {}),
    signal: new AbortController().signal,
    ask: async changed => {
      questions += 1;
      return Promise.resolve(verdictOf(changed, dislikes));
    },
  });
  const taken = 'taken' in isolation ? isolation.taken : [];
  const said = taken.map(({ ingress: { name }, refusal }) => TAKEN(name, refusal.text));
  return { isolation, said, questions };
}

const TAKEN = (name: string, text: string): string => `${name}: ${text}`;

describe('an Ingress that nginx refuses is taken out', () => {
  test.each<{
    readonly name: string;
    readonly manifests: readonly Manifest[];
    readonly dislikes: readonly Dislike[];
    readonly said: readonly string[];
  }>([
    {
      name: 'by the location that nginx names',
      manifests: [WEB, named('good'), named('bad')],
      dislikes: [{ line: /location \/bad\/ \{ proxy_pass/, says: 'bad path' }],
      said: [TAKEN('bad', 'bad path')],
    },
    {
      name: 'one after the other, as nginx comes to them',
      manifests: [WEB, named('a'), named('b'), named('c')],
      dislikes: [
        { line: /location \/a\/ \{ proxy_pass/, says: 'bad path "a"' },
        { line: /location \/c\/ \{ proxy_pass/, says: 'bad path "c"' },
      ],
      said: [TAKEN('a', 'bad path "a"'), TAKEN('c', 'bad path "c"')],
    },
    {
      name: 'with all others that lead to an upstream that it refuses',
      manifests: [
        WEB,
        CART,
        named('a', { path: ['/', 'Prefix', 'cart'] }),
        named('b'),
        named('c', { path: ['/', 'Prefix', 'cart'] }),
      ],
      dislikes: [{ line: /server 10\.0\.0\.8/, says: 'host not found in upstream' }],
      said: [TAKEN('a', 'host not found in upstream'), TAKEN('c', 'host not found in upstream')],
    },
    {
      name: 'alone among those that share a server, where the server is named',
      manifests: [WEB, ...['a', 'b', 'c', 'd'].map(name => named(name, { host: 'shop.example.com' }))],
      dislikes: [{ line: /^ {4}location \/c\/ \{ proxy_pass/, says: 'too much', namesLine: false }],
      said: [TAKEN('c', 'too much')],
    },
    {
      name: 'where nothing is named at all, found by halves',
      manifests: [WEB, ...Array.from({ length: 20 }, (_, index) => named(`n${index}`))],
      dislikes: [{ line: /location \/n13\/ \{ proxy_pass/, says: 'out of luck', namesLine: false }],
      said: [TAKEN('n13', 'out of luck')],
    },
    {
      name: 'with another that does the same, where nothing is named',
      manifests: [WEB, ...Array.from({ length: 9 }, (_, index) => named(`n${index}`))],
      dislikes: [{ line: /location \/n[27]\/ \{ proxy_pass/, says: 'out of luck', namesLine: false }],
      said: [TAKEN('n2', 'out of luck'), TAKEN('n7', 'out of luck')],
    },
  ])('$name', async ({ manifests, dislikes, said }) => {
    const run = await isolateFrom(manifests, dislikes);
    expect(run.isolation.kind).toBe('isolated');
    expect(run.said.toSorted()).toEqual(said);
  });

  test('what it asked for answers 503, all others are served', async () => {
    const { isolation } = await isolateFrom(
      [WEB, named('good'), named('bad')],
      [{ line: /location \/bad\/ \{ proxy_pass/, says: 'bad path' }],
    );
    if (isolation.kind !== 'isolated') throw new Error(isolation.kind);
    const conf = confOf(isolation.files);
    expect(conf).toContain('location /bad/ { return 503; }');
    expect(conf).toContain('location /good/ { proxy_pass http://shop-web-80; }');
  });

  test('a certificate costs those who name it, not the others of their host', async () => {
    const manifests = [
      WEB,
      tlsSecret('tls', 'shop'),
      ingress({
        name: 'owner',
        host: 'shop.example.com',
        paths: [['/owner', 'Prefix', 'web']],
        tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }],
      }),
      named('other', { host: 'shop.example.com' }),
    ];
    const says = 'cannot load certificate "certs/shop_tls.pem"';
    const run = await isolateFrom(manifests, [{ line: /ssl_certificate certs\/shop_tls/, says }]);
    expect(run).toMatchObject({ isolation: { kind: 'isolated' }, said: [TAKEN('owner', says)] });
  });

  test('halving twenty Ingresses takes a few questions', async () => {
    const manifests = [WEB, ...Array.from({ length: 20 }, (_, index) => named(`n${index}`))];
    const dislikes = [{ line: /location \/n13\/ \{ proxy_pass/, says: 'no', namesLine: false }];
    expect((await isolateFrom(manifests, dislikes)).questions).toBeLessThanOrEqual(11);
  });
});

describe('nothing is taken out', () => {
  test('where no Ingress is behind it', async () => {
    const run = await isolateFrom([WEB, named('good')], [{ line: /^http \{/, says: 'no http today' }]);
    expect(run).toMatchObject({ isolation: { kind: 'stuck', refusal: { text: 'no http today' } }, said: [] });
  });

  test('where the machine is at fault: that is for whoever asked', async () => {
    const says = 'open() "/x/logs/access.log" failed (13: Permission denied)';
    const run = await isolateFrom([WEB, named('good')], [{ line: /access_log /, says }]);
    expect(run).toMatchObject({ isolation: { kind: 'stuck', refusal: { isOfMachine: true } }, said: [], questions: 0 });
  });

  test('once nginx can no longer be asked', async () => {
    const unit = readUnit({ name: 'shop.yaml', text: yamlOf([WEB, named('a'), named('b')]) });
    const loaded = compileUnits({ units: [unit], files: 1 }, SETTINGS);
    let questions = 0;
    const isolation = await isolate({
      loaded,
      files: renderNginx(loaded.routing, {}),
      stderr: 'nginx: [emerg] out of luck',
      render: routing => renderSteps(routing, {}),
      signal: new AbortController().signal,
      ask: async () => {
        questions += 1;
        return Promise.resolve({ kind: 'interrupted' });
      },
    });
    expect({ isolation, questions }).toEqual({ isolation: { kind: 'interrupted' }, questions: 1 });
  });
});

test.each([
  { name: 'the only one', all: [7], needed: [7] },
  { name: 'one of many', all: [1, 2, 3, 4, 5, 6, 7, 8, 9], needed: [6] },
  { name: 'several', all: [1, 2, 3, 4, 5, 6, 7, 8, 9], needed: [1, 5, 9] },
  { name: 'all', all: [1, 2, 3], needed: [1, 2, 3] },
])('the smallest set that is enough: $name', async ({ all, needed }) => {
  const isEnough = async (part: readonly number[]) => Promise.resolve(needed.every(each => part.includes(each)));
  expect((await minimalSet(all, isEnough)).toSorted((a, b) => a - b)).toEqual(needed);
});
