import { expect, test } from 'vitest';

import type { ApiAnswer, KubeApi } from '../../../../src/live/kubectl/api.ts';
import { INGRESS, SECRET } from '../../../../src/live/kubectl/api-types.ts';
import { findForm } from '../../../../src/live/kubectl/discovery.ts';
import { listAll } from '../../../../src/live/kubectl/list.ts';

/** An API that gives these answers, and says what it was asked. */
function scripted(answers: readonly ApiAnswer[]) {
  const paths: string[] = [];
  const api: KubeApi = {
    request({ path }) {
      paths.push(path);
      return Promise.resolve(answers[paths.length - 1] ?? { kind: 'unreachable', problem: 'nothing is left' });
    },
    stream: () => Promise.resolve({ kind: 'ended' }),
    close: () => Promise.resolve(),
  };
  return { api, paths };
}

function page(names: readonly string[], next?: string, resourceVersion = '7'): ApiAnswer {
  const items = names.map(name => ({ metadata: { name, namespace: 'shop', resourceVersion: '5' } }));
  return {
    kind: 'ok',
    value: {
      kind: 'IngressList',
      metadata: { resourceVersion, ...(next === undefined ? {} : { continue: next }) },
      items,
    },
  };
}

const EXPIRED: ApiAnswer = { kind: 'refused', code: 410, reason: 'Expired', message: 'too old' };
const AWAY: ApiAnswer = { kind: 'unreachable', problem: 'away' };
const [V1, V1BETA1, EXTENSIONS] = INGRESS.forms;

async function list(answers: readonly ApiAnswer[]) {
  const { api, paths } = scripted(answers);
  const wrong: string[] = [];
  if (V1 === undefined) throw new Error('Ingress has forms');
  const listed = await listAll({
    api,
    type: INGRESS,
    form: V1,
    scope: { namespace: 'shop' },
    signal: new AbortController().signal,
    onWrongObject: problem => void wrong.push(problem),
  });
  const names = listed.kind === 'listed' ? listed.objects.map(({ key }) => key) : undefined;
  return { listed, names, wrong, queries: paths.map(path => path.replace(/^.*\?/, '')) };
}

test.each([
  { name: 'one page', answers: [page(['a', 'b'])], names: ['shop/a', 'shop/b'], queries: ['limit=500'] },
  {
    name: 'two pages',
    answers: [page(['a'], 'n/2'), page(['b'])],
    names: ['shop/a', 'shop/b'],
    queries: ['limit=500', 'limit=500&continue=n%2F2'],
  },
  {
    name: 'a page that came too late: all of it anew',
    answers: [page(['gone'], 'n2'), EXPIRED, page(['a'])],
    names: ['shop/a'],
    queries: ['limit=500', 'limit=500&continue=n2', 'limit=500'],
  },
  {
    name: 'pages that come too late time and again: all of it at once',
    answers: [page(['x'], 'n2'), EXPIRED, page(['y'], 'n3'), EXPIRED, page(['a'])],
    names: ['shop/a'],
    queries: ['limit=500', 'limit=500&continue=n2', 'limit=500', 'limit=500&continue=n3', ''],
  },
  {
    name: 'a server that goes away between pages: nothing',
    answers: [page(['a'], 'n2'), AWAY],
    names: undefined,
    queries: ['limit=500', 'limit=500&continue=n2'],
  },
  {
    name: 'null for no items',
    answers: [{ kind: 'ok', value: { metadata: { resourceVersion: '7' }, items: null } } as const],
    names: [],
    queries: ['limit=500'],
  },
])('lists $name', async ({ answers, names, queries }) => {
  const found = await list(answers);
  expect(found.names).toEqual(names);
  expect(found.queries).toEqual(queries);
});

test('gives a list up that never ends', async () => {
  const more = page(['a'], 'more');
  const endless: KubeApi = { ...scripted([]).api, request: () => Promise.resolve(more) };
  const [form] = INGRESS.forms;
  if (form === undefined) throw new Error('Ingress has forms');
  const { signal } = new AbortController();
  const request = { api: endless, type: INGRESS, form, scope: {}, signal, onWrongObject: () => undefined };
  expect(await listAll(request)).toEqual({ kind: 'unreachable', problem: 'the list of ingresses does not end' });
});

test.each([
  { name: 'no object', value: 'text' },
  { name: 'no items', value: { metadata: { resourceVersion: '7' } } },
  { name: 'no version to watch from', value: { metadata: {}, items: [] } },
])('takes no list with $name', async ({ value }) => {
  const { listed } = await list([{ kind: 'ok', value }]);
  expect(listed).toEqual({ kind: 'unreachable', problem: 'the API server did not answer with a list of ingresses' });
});

test('leaves out what is no object', async () => {
  const value = { metadata: { resourceVersion: '7' }, items: [7, { metadata: { name: 'a', namespace: 'shop' } }] };
  const { names, wrong } = await list([{ kind: 'ok', value }]);
  expect(names).toEqual(['shop/a']);
  expect(wrong).toEqual(['received a number instead of an object']);
});

function group(...names: readonly string[]): ApiAnswer {
  return { kind: 'ok', value: { kind: 'APIResourceList', resources: names.map(name => ({ name })) } };
}

const NOT_FOUND: ApiAnswer = { kind: 'refused', code: 404, reason: 'NotFound', message: 'not found' };

test.each([
  { name: 'the newest', answers: [group('ingresses', 'ingresses/status')], found: { kind: 'served', form: V1 } },
  {
    name: 'one that has the group but not the type',
    answers: [group('networkpolicies'), group('ingresses')],
    found: { kind: 'served', form: V1BETA1 },
  },
  {
    name: 'the oldest',
    answers: [NOT_FOUND, NOT_FOUND, group('ingresses')],
    found: { kind: 'served', form: EXTENSIONS },
  },
  { name: 'none', answers: [NOT_FOUND, NOT_FOUND, NOT_FOUND], found: { kind: 'absent' } },
  { name: 'no answer, which is not none', answers: [NOT_FOUND, AWAY], found: AWAY },
])('finds the version that a server offers: $name', async ({ answers, found }) => {
  expect(await findForm(scripted(answers).api, INGRESS, new AbortController().signal)).toEqual(found);
});

test('asks nothing about types that are always there', async () => {
  const { api, paths } = scripted([]);
  expect(await findForm(api, SECRET, new AbortController().signal)).toEqual({ kind: 'served', form: SECRET.forms[0] });
  expect(paths).toEqual([]);
});
