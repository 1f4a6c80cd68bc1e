import { describe, expect, test } from 'vitest';

import { balancing } from '../../../src/annotations/balancing.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import type { IngressParts } from '../../support/resources.ts';
import { appOf, compiled, configMapOf, ingressOf, linesOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

interface Run {
  readonly asks: unknown;
  readonly found: readonly string[];
  readonly denied: string | undefined;
}

/** What one Ingress with these annotations asks of the upstream of its Service. */
function run(annotations: Texts, options: Texts = {}): Run {
  const { report, diagnostics } = collect();
  const tables = indexCluster([configMapOf('ingress-nginx/options', options)], report);
  const config = readControllerConfig('ingress-nginx/options', tables, report);
  const ingress = ingressOf({ annotations });
  const { upstream, closes } = plannerOf([balancing]).plan({ ingress, tables, config, report });
  const [plan] = upstream;
  const asks = plan && balancing.gives.upstream?.([{ asked: plan.asked, ingress, maker: ingress }], report);
  return { asks, found: linesOf(diagnostics), denied: closes[0]?.reason };
}

const hashOf = (...key: readonly unknown[]): unknown => ({ kind: 'hash', key, subsetSize: undefined });
const URI = { variable: 'request_uri' };

describe('upstream-hash-by', () => {
  test.each([
    { value: '$request_uri', key: [URI] },
    { value: ' $request_uri ', key: [URI] },
    { value: '$host$request_uri', key: [{ variable: 'host' }, URI] },
    { value: '${request_uri}-text', key: [URI, { text: '-text' }] },
    { value: '${host}x', key: [{ variable: 'host' }, { text: 'x' }] },
    { value: '$arg_user', key: [{ variable: 'arg_user' }] },
    { value: '$http_X_User', key: [{ variable: 'http_x_user' }] },
    { value: '$1', key: [{ variable: '1' }] },
    { value: '$the_real_ip', key: [{ variable: 'remote_addr' }] },
    { value: '$$host{a}$', key: [{ variable: 'host' }, { text: '{a}' }] },
    { value: '${$host}', key: [{ text: '{' }, { variable: 'host' }, { text: '}' }] },
  ])('$value is read as by the controller', ({ value, key }) => {
    expect(run({ 'upstream-hash-by': value })).toEqual({ asks: hashOf(...key), found: [], denied: undefined });
  });

  test.each([
    {
      name: 'is constant without a variable',
      value: 'request_uri',
      key: [{ text: 'request_uri' }],
      line: 'constant-hash-key: upstream-hash-by: "request_uri" has no variable: all requests go to one endpoint',
    },
    {
      name: 'has nothing for a variable that nginx does not have',
      value: '$session-$host',
      key: [{ text: '-' }, { variable: 'host' }],
      line: 'unknown-hash-variable: upstream-hash-by: nginx has no variable $session, which counts as empty',
    },
    {
      name: 'has nothing for a variable of the controller',
      value: '${service_name}',
      key: [],
      line: 'unknown-hash-variable: upstream-hash-by: nginx has no variable ${service_name}, which counts as empty',
    },
  ])('$name', ({ value, key, line }) => {
    const { asks, found } = run({ 'upstream-hash-by': value });
    expect(asks).toEqual(hashOf(...key));
    expect(found).toEqual([line]);
  });

  test.each([
    { given: { 'upstream-hash-by-subset': 'true' }, size: 3 },
    { given: { 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': '2' }, size: 2 },
    { given: { 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': '0' }, size: 3 },
    { given: { 'upstream-hash-by-subset': 'false' }, size: undefined },
  ])('has groups of $size for $given', ({ given, size }) => {
    const { asks, found } = run({ 'upstream-hash-by': '$request_uri', ...given });
    expect(asks).toEqual({ kind: 'hash', key: [URI], subsetSize: size });
    expect(found).toEqual([]);
  });

  test.each([
    { name: 'upstream-hash-by', value: '$request_uri;' },
    { name: 'upstream-hash-by', value: '"$host"' },
    { name: 'upstream-hash-by', value: '$host\n$uri' },
    { name: 'upstream-hash-by', value: '$a.b' },
    { name: 'upstream-hash-by-subset', value: 'yes' },
    { name: 'upstream-hash-by-subset-size', value: '2.5' },
    { name: 'upstream-hash-by-subset-size', value: '-1' },
    { name: 'load-balance', value: 'least_conn' },
    { name: 'load-balance', value: 'EWMA' },
  ])('the Ingress drops out for $name: $value', ({ name, value }) => {
    const { found, denied } = run({ 'upstream-hash-by': '$request_uri', [name]: value });
    expect(denied).toBe(`invalid value in annotation ${name}`);
    expect(found[0]).toMatch(new RegExp(`^dropped-for-value: ${name}: `, 'u'));
  });

  test.each([
    {
      given: { 'upstream-hash-by-subset': 'true' },
      line: 'upstream-hash-by-subset has no effect without upstream-hash-by',
    },
    {
      given: { 'upstream-hash-by': '$host', 'upstream-hash-by-subset-size': '2' },
      line: 'upstream-hash-by-subset-size has no effect without upstream-hash-by-subset',
    },
    {
      given: { 'upstream-hash-by': '$host', 'load-balance': 'ewma' },
      line: 'load-balance has no effect beside upstream-hash-by',
    },
    {
      given: { 'load-balance': 'chash' },
      line: 'load-balance has no effect as "chash" without upstream-hash-by: endpoints take turns',
    },
    {
      given: { 'load-balance': 'sticky_balanced' },
      line: 'load-balance has no effect as "sticky_balanced": only affinity keeps clients on one endpoint',
    },
  ])('it is said that $line', ({ given, line }) => {
    expect(run(given).found).toEqual([`annotation-without-effect: ${line}`]);
  });
});

describe('load-balance', () => {
  const LESS_BUSY = { kind: 'less-busy' };

  test.each([
    { name: 'are asked in turn', given: {}, options: {}, asks: undefined, found: [] },
    {
      name: 'are asked in turn by name',
      given: { 'load-balance': 'round_robin' },
      options: {},
      asks: undefined,
      found: [],
    },
    {
      name: 'are asked if they are less busy',
      given: { 'load-balance': 'ewma' },
      options: {},
      asks: LESS_BUSY,
      found: [],
    },
    {
      name: 'are asked as the option says',
      given: {},
      options: { 'load-balance': 'ewma' },
      asks: LESS_BUSY,
      found: [],
    },
    {
      name: 'are asked as the option says for an empty value',
      given: { 'load-balance': '' },
      options: { 'load-balance': 'ewma' },
      asks: LESS_BUSY,
      found: [],
    },
    {
      name: 'are asked as the annotation says, before the option',
      given: { 'load-balance': 'round_robin' },
      options: { 'load-balance': 'ewma' },
      asks: undefined,
      found: [],
    },
    {
      name: 'are asked by key, before the option',
      given: { 'upstream-hash-by': '$request_uri' },
      options: { 'load-balance': 'ewma' },
      asks: hashOf(URI),
      found: [],
    },
  ])('endpoints $name', ({ given, options, asks, found }) => {
    expect(run(given, options)).toEqual({ asks, found, denied: undefined });
  });
});

describe('of several Ingresses that lead to a Service', () => {
  const APPS = appOf('web', '10.0.0.1');
  const BY_URI = { annotations: { 'upstream-hash-by': '$request_uri' } };
  const first: IngressParts = { name: 'a', createdAt: '2024-01-01T00:00:00Z', hosts: { 'a.io': [['/', 'web:80']] } };
  const second: IngressParts = { name: 'b', createdAt: '2024-01-02T00:00:00Z', hosts: { 'b.io': [['/', 'web:80']] } };

  function settled(...parts: readonly IngressParts[]): readonly [unknown, readonly string[]] {
    const { routing, lines } = compiled([...APPS, ...parts.map(ingressOf)]);
    return [routing.upstreams[0]?.policies.balancing?.asks, lines];
  }

  const loses = (loser: string, winner: string): string =>
    `balancing-conflict: ${loser} has no effect: Ingress shop/${winner} leads to the same Service, and decides how it is balanced`;

  test('the first decides for all', () => {
    expect(settled({ ...first, ...BY_URI }, second)).toEqual([hashOf(URI), []]);
  });

  test('the first decides, even if it asks for nothing', () => {
    expect(settled(first, { ...second, ...BY_URI })).toEqual([undefined, [loses('upstream-hash-by', 'a')]]);
  });

  test('the first decides between two keys', () => {
    const other = { annotations: { 'upstream-hash-by': '$host' } };
    expect(settled({ ...first, ...other }, { ...second, ...BY_URI })).toEqual([
      hashOf({ variable: 'host' }),
      [loses('upstream-hash-by', 'a')],
    ]);
  });

  test('there is nothing to say if both ask for the same', () => {
    expect(settled({ ...first, ...BY_URI }, { ...second, ...BY_URI })).toEqual([hashOf(URI), []]);
  });

  test('one whose default backend it is goes before those with a path', () => {
    const [asks, lines] = settled(first, { ...second, hosts: {}, defaultBackend: 'web:80', ...BY_URI });
    expect(asks).toEqual(hashOf(URI));
    expect(lines).toEqual([]);
  });

  test('one that is dropped decides nothing', () => {
    const bad = { ...first, annotations: { 'load-balance': 'least_conn' } };
    expect(settled(bad, { ...second, ...BY_URI })[0]).toEqual(hashOf(URI));
  });

  test('that of a canary asks for its own Service', () => {
    const annotations = { canary: 'true', 'canary-weight': '20', ...BY_URI.annotations };
    const canary: IngressParts = { name: 'next', hosts: { 'a.io': [['/', 'next:80']] }, annotations };
    const { routing } = compiled([...APPS, ...appOf('next', '10.0.0.2'), ingressOf(first), ingressOf(canary)]);
    expect(routing.upstreams.map(({ name, policies }) => [name, policies.balancing?.asks])).toEqual([
      [expect.stringMatching(/^shop-next-80/u), hashOf(URI)],
      ['shop-web-80', undefined],
    ]);
  });
});
