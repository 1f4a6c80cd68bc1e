import type { Passthrough, Routing, Server } from '../../../routing/model.ts';
import { askedRequest, urlOf } from '../../explain/asked-url.ts';
import { explain } from '../../explain/explain.ts';
import type { AskedRequest, Explanation } from '../../explain/model.ts';
import type { Facts, RouteTest } from '../model.ts';
import { expectationOf } from './expectation.ts';
import { aliasHosts, hostFor } from './hosts.ts';
import { targetFor } from './paths.ts';
import { samplesOf } from './requests.ts';
import type { Sample } from './requests.ts';

/** Tests of what a host does today. */
export interface HostTests {
  /** `_` for all other hosts. */
  readonly host: string;
  readonly tests: readonly FrozenTest[];
  /** What has no test, and why, each in a line. */
  readonly notes: readonly string[];
}

export interface FrozenTest extends RouteTest {
  readonly expected: Facts;
}

/** Tests for all routes that pass today: one or a few requests for each location, in the order of the servers. */
export function frozenTests(routing: Routing): readonly HostTests[] {
  const passed = new Map(routing.passthroughs.map(each => [each.host, each]));
  const own = routing.servers.map(server => hostTests(server, passed.get(server.host), routing));
  const hosts = new Set(routing.servers.map(({ host }) => host));
  const others = routing.passthroughs.filter(({ host }) => !hosts.has(host));
  return [...own, ...others.map(({ host }) => ({ host, tests: passedTests(host, routing), notes: [] }))].filter(
    ({ tests, notes }) => tests.length + notes.length > 0,
  );
}

function hostTests(server: Server, passed: Passthrough | undefined, routing: Routing): HostTests {
  const host = hostFor(server, routing);
  if (host === undefined) return { host: server.host, tests: [], notes: [`no name was found for ${server.host}`] };
  const notes: string[] = [];
  const tests: FrozenTest[] = passed === undefined ? [] : [...passedTests(host, routing)];
  const seen = new Set<string>();
  const scheme = passed === undefined && server.certificate !== undefined ? 'https' : 'http';
  for (const location of server.locations) {
    const target = targetFor(location, server, routing);
    if (target === undefined) {
      notes.push(`no request was found for the ${location.match} location ${location.path}`);
      continue;
    }
    const url = { scheme, host, target } as const;
    const redirect = explain(routing, askedRequest({ ...url, scheme: 'http' }));
    const isToHttps = passed === undefined && toHttps(redirect);
    // Of many redirects to HTTPS, one shows it.
    if (isToHttps && !seen.has('https')) tests.push(testOf(redirect, ''));
    if (isToHttps) seen.add('https');
    const samples = samplesOf(isToHttps ? { ...url, scheme: 'https' } : url, { server, location }, routing);
    for (const sample of samples) tests.push(sampleTest(sample, routing));
  }
  for (const alias of aliasHosts(server, routing)) {
    tests.push(sampleTest({ request: askedRequest({ scheme, host: alias, target: '/' }), but: '' }, routing));
  }
  return { host: server.host, tests: withoutKnownHeaders(withoutDoubles(tests)), notes };
}

/** Most paths of a host have the same headers: one test shows them. */
function withoutKnownHeaders(tests: readonly FrozenTest[]): readonly FrozenTest[] {
  const known = new Set<string>();
  return tests.map(test => {
    const { responseHeaders, ...others } = test.expected;
    const key = JSON.stringify(responseHeaders);
    if (responseHeaders === undefined || !known.has(key) || Object.keys(others).length === 0) {
      known.add(key);
      return test;
    }
    return { ...test, expected: others };
  });
}

function toHttps({ steps, outcome }: Explanation): boolean {
  return outcome.kind === 'answer' && steps.some(({ name, verdict }) => name === 'https' && verdict === 'answered');
}

/** The connection goes to the backend as it is, whatever the path. */
function passedTests(host: string, routing: Routing): readonly FrozenTest[] {
  return [sampleTest({ request: askedRequest({ scheme: 'https', host, target: '/' }), but: '' }, routing)];
}

function sampleTest({ request, but }: Sample, routing: Routing): FrozenTest {
  return testOf(explain(routing, request), but);
}

function testOf(explanation: Explanation, but: string): FrozenTest {
  const { request } = explanation;
  const expected = expectationOf(explanation);
  return { name: `${shownUrl(request)}${but} ${whatComes(explanation)}`, request, follows: false, expected };
}

/** The names of tests end where the query would begin. */
function shownUrl(request: AskedRequest): string {
  return urlOf(request).replace(/^https:\/\//, '');
}

function whatComes({ outcome }: Explanation): string {
  switch (outcome.kind) {
    case 'backend':
      return `goes to ${outcome.choices.map(({ service, upstream }) => service ?? upstream).join(' or ')}`;
    case 'answer':
      return outcome.url === undefined ? `answers ${outcome.status}` : `is redirected (${outcome.status})`;
    case 'closed':
      return 'is not answered';
    case 'unclear':
      return 'cannot be told';
  }
}

function withoutDoubles(tests: readonly FrozenTest[]): readonly FrozenTest[] {
  const byRequest = new Map(tests.map(test => [JSON.stringify(test.request), test]));
  return [...byRequest.values()];
}
