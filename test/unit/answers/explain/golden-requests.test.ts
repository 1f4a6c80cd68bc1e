import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Ajv } from 'ajv';
import { beforeAll, expect, test } from 'vitest';

import { askedRequest, readAskedUrl } from '../../../../src/answers/explain/asked-url.ts';
import { explain } from '../../../../src/answers/explain/explain.ts';
import type { BackendChoice, Explanation, SentHeader } from '../../../../src/answers/explain/model.ts';
import { EXPLAINERS } from '../../../../src/answers/explain/explainers.ts';
import { INHERITED } from '../../../../src/answers/explain/shared-errors.ts';
import { placeCauses } from '../../../../src/answers/explain/placed.ts';
import { explainJson } from '../../../../src/report/explain-json.ts';
import { createRenderMemory, renderNginx } from '../../../../src/nginx/render.ts';
import { RENDERERS } from '../../../../src/nginx/renderers.ts';
import type { Parts, Renderers, Tools } from '../../../../src/nginx/parts.ts';
import type { Routing } from '../../../../src/routing/model.ts';
import { ORDER } from '../../../../src/routing/phases.ts';
import { routingOfFolder } from '../../../support/golden/routing-of-folder.ts';
import { readRequests } from '../../../support/golden/requests.ts';
import type { GoldenRequest } from '../../../support/golden/requests.ts';

const GOLDEN = fileURLToPath(new URL('../../../../fixtures/golden', import.meta.url));

function headersOf(values: Readonly<Record<string, string>>): readonly SentHeader[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function explanationOf(request: GoldenRequest, routing: Routing): Explanation {
  const { url: text, user, bodyBytes, cookies = {}, headers = {}, from, certificate } = request;
  const url = readAskedUrl(text);
  if ('problem' in url) throw new Error(`${text} ${url.problem}`);
  const password = user === undefined ? {} : { Authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  const isChunked = Object.keys(headers).some(name => /^transfer-encoding$/iu.test(name));
  const length = bodyBytes === undefined || isChunked ? {} : { 'Content-Length': String(bodyBytes) };
  const parts = {
    method: request.method ?? (bodyBytes === undefined ? 'GET' : 'POST'),
    headers: headersOf({ ...password, ...length, ...headers }),
    cookies: headersOf(cookies),
    clientIp: from ?? '127.0.0.1',
    hasClientCertificate: certificate !== undefined,
  };
  return explain(routing, askedRequest(url, parts));
}

/** What a routing and one request do not tell: what backends answer, what was asked before, who knows a password. */
function isTold({ backends, repeat, client, certificate, serverName, user, expect: wanted }: GoldenRequest): boolean {
  if (backends !== undefined || repeat !== undefined || client !== undefined) return false;
  if (certificate !== undefined || serverName !== undefined || wanted.status === 502) return false;
  return user === undefined || wanted.status !== 401;
}

/** A request beside those of `isTold`, and why explain cannot know what comes of it. */
const UNTOLD: Readonly<Record<string, string>> = {
  'body-size/an-annotation-says-how-large-a-body-may-be: a body whose length nobody said':
    'it is too large once it is there',
  'custom-errors/errors-are-answered-by-another-service: a missing password, of which the client hears, and HSTS as ever':
    'whether a password is right',
  'external-auth/answers-are-kept: a refusal is kept, too': 'what the service said before',
  'global-auth/all-hosts-ask: its answer is kept as the options say': 'what the service said before',
  'limits/each-ingress-counts-its-clients: the next does not, whatever its path': 'how many came before',
  'limits/each-ingress-counts-its-clients: and no longer than that': 'how many came before',
  'limits/each-ingress-counts-its-clients: up to the limit': 'how many came before',
  'limits/each-ingress-counts-its-clients: so that the next is refused': 'how many came before',
  'limits/options-say-who-is-counted-and-how-refused: and no more': 'how many came before',
  'limits/what-is-no-number-closes: and no more': 'how many came before',
};

const folders = readdirSync(GOLDEN).flatMap(family =>
  readdirSync(join(GOLDEN, family)).map(name => `${family}/${name}`),
);
const asked = folders.filter(name => existsSync(join(GOLDEN, name, 'requests.yaml')));

/** The backends that may answer, or give the page for a status. */
function choicesOf({ outcome }: Explanation): readonly BackendChoice[] {
  if (outcome.kind === 'backend') return outcome.choices;
  return outcome.kind === 'answer' && outcome.page !== undefined ? [outcome.page] : [];
}

/** What an explanation has of that which is expected, in the words of requests.yaml. */
function foundOf(explanation: Explanation, { expect: wanted }: GoldenRequest): Readonly<Record<string, unknown>> {
  const { outcome } = explanation;
  const choices = choicesOf(explanation);
  const services = choices.map(({ service = '' }) => service.replace(/:[^:]*$/u, ''));
  const status = outcome.kind === 'answer' ? outcome.status : outcome.kind === 'backend' ? 200 : outcome.kind;
  const [choice] = choices;
  const location = wanted.headers?.['Location'];
  return {
    ...(wanted.status === undefined ? {} : { status }),
    ...(wanted.service === undefined
      ? {}
      : { service: services.find(each => each === wanted.service) ?? services[0] ?? null }),
    ...(typeof location === 'string' ? { location: outcome.kind === 'answer' ? outcome.url : undefined } : {}),
    ...(typeof wanted.seen?.url === 'string' ? { url: choice?.uri } : {}),
    headers: seenHeaders(choice, wanted),
  };
}

function wantedOf(
  { expect: wanted }: GoldenRequest,
  choice: BackendChoice | undefined,
): Readonly<Record<string, unknown>> {
  const location = wanted.headers?.['Location'];
  const seen = Object.entries(wanted.seen?.headers ?? {}).filter(([name]) => isSet(name, choice));
  return {
    ...(wanted.status === undefined ? {} : { status: wanted.status }),
    ...(wanted.service === undefined ? {} : { service: wanted.service }),
    ...(typeof location === 'string' ? { location } : {}),
    ...(typeof wanted.seen?.url === 'string' ? { url: wanted.seen.url } : {}),
    headers: Object.fromEntries(seen.filter(([, value]) => value === null || typeof value === 'string')),
  };
}

function setHeader(name: string, choice: BackendChoice | undefined): string | undefined {
  if (choice === undefined) return undefined;
  if (name.toLowerCase() === 'host') return choice.host;
  return choice.headers.find(each => each.name.toLowerCase() === name.toLowerCase())?.value;
}

function isSet(name: string, choice: BackendChoice | undefined): boolean {
  return setHeader(name, choice) !== undefined;
}

/** Of the headers that are expected at the backend, those that the routing sets. */
function seenHeaders(
  choice: BackendChoice | undefined,
  { seen }: GoldenRequest['expect'],
): Readonly<Record<string, string | null>> {
  const names = Object.entries(seen?.headers ?? {}).filter(([, value]) => value === null || typeof value === 'string');
  return Object.fromEntries(
    names.flatMap(([name]) => {
      const value = setHeader(name, choice);
      return value === undefined ? [] : [[name, value === '' ? null : value]];
    }),
  );
}

/** The routing of each folder, which the tests share. */
const routings = new Map(folders.map(name => [name, routingOfFolder(join(GOLDEN, name))]));

test.each(asked)('%s: each request is explained as nginx answers it', name => {
  const folder = join(GOLDEN, name);
  const routing = routings.get(name);
  if (routing === undefined) throw new Error(`no routing of ${name}`);
  const { requests = [], down = [], speaks = {} } = readRequests(folder)?.file ?? {};
  const isPlain = down.length === 0 && Object.keys(speaks).length === 0;
  const told = requests.filter(each => isPlain && isTold(each) && UNTOLD[`${name}: ${each.name}`] === undefined);
  const rows = told.map(request => {
    const explanation = explanationOf(request, routing);
    const [choice] = choicesOf(explanation);
    return { name: request.name, found: foundOf(explanation, request), wanted: wantedOf(request, choice) };
  });
  expect(rows.map(row => [row.name, row.found])).toEqual(rows.map(row => [row.name, row.wanted]));
});

/** Policies of locations that are told of elsewhere than their lines stand, and why. */
const TOLD_ELSEWHERE: Readonly<Record<string, string>> = {
  backendHost: 'headers stand in http{}',
  connectionHeader: 'headers stand in http{}',
  customHeaders: 'headers stand in http{}',
  customErrors: 'what backends answer comes last; errors of nginx are replaced wherever they are made',
  externalAuth: 'all checks are told of together',
  globalAuth: 'all checks are told of together',
  limitRate: 'it changes no answer',
};

/** The phases in which the renderer of each policy of locations writes, in all of these. */
function phasesWritten(all: Iterable<Routing>): ReadonlyMap<string, ReadonlySet<string>> {
  const written = new Map<string, Set<string>>();
  const location = new Proxy(RENDERERS.location, {
    get(target, name: keyof Renderers['location']) {
      const render: (asks: never, tools: Tools) => Parts = target[name];
      return (asks: never, tools: Tools): Parts => {
        const parts = render(asks, tools);
        const phases = written.get(name) ?? new Set();
        for (const phase of Object.keys(parts.location ?? {})) phases.add(phase);
        written.set(name, phases);
        return parts;
      };
    },
  });
  for (const routing of all) renderNginx(routing, {}, createRenderMemory(), { ...RENDERERS, location });
  return written;
}

let written: ReadonlyMap<string, ReadonlySet<string>> = new Map();
beforeAll(() => {
  written = phasesWritten(routings.values());
});

test('each explainer of a location acts in a phase in which its renderer writes', () => {
  const wrong = Object.entries(EXPLAINERS.location).flatMap(([name, explainer]) => {
    if ('silent' in explainer || TOLD_ELSEWHERE[name] !== undefined) return [];
    const own = 'phase' in explainer ? [explainer] : explainer;
    return own.filter(({ phase }) => written.get(name)?.has(phase) !== true).map(({ phase }) => `${name}: ${phase}`);
  });
  // All checks of a location are told of together, its snippet's among them.
  expect(wrong).toEqual(['configurationSnippet: guard']);
  expect(written.size).toBeGreaterThan(25);
});

test('what a server has of the error pages of its locations depends on all that locations inherit', () => {
  const inherited = ORDER.filter(({ isInherited }) => isInherited).map(({ phase }) => phase);
  const writing = [...written].filter(([, phases]) => inherited.some(each => phases.has(each)));
  const looked = new Set<string>([...INHERITED, 'customErrors', 'externalAuth', 'globalAuth']);
  expect(writing.map(([name]) => name).filter(name => !looked.has(name))).toEqual([]);
});

test('the JSON of each explanation fits its schema', () => {
  const schema = readFileSync(new URL('../../../../docs/schemas/explain.json', import.meta.url), 'utf8');
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(schema) as object);
  const wrong = asked.flatMap(name => {
    const routing = routings.get(name);
    const requests = readRequests(join(GOLDEN, name))?.file.requests ?? [];
    if (routing === undefined) return [name];
    return requests.flatMap(request => {
      const placed = placeCauses(explanationOf(request, routing), () => undefined);
      const isFine = validate(JSON.parse(explainJson({ explanations: [placed] })));
      return isFine ? [] : [`${name}: ${request.name}: ${JSON.stringify(validate.errors)}`];
    });
  });
  expect(wrong).toEqual([]);
});

test('explainers act in the order of the renderers', () => {
  for (const scope of ['http', 'server', 'location', 'upstream'] as const) {
    expect(Object.keys(EXPLAINERS[scope])).toEqual(Object.keys(RENDERERS[scope]));
  }
});
