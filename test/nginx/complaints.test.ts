import { beforeAll, describe, expect, test } from 'vitest';

import { objectText } from '../../src/diagnostics/place.ts';
import { explainComplaint, readRefusal } from '../../src/nginx/complaint.ts';
import type { Parts, Tools } from '../../src/nginx/parts.ts';
import { bareWord, EMPTY, patternKey, templateText, variable } from '../../src/nginx/quote.ts';
import type { Location, Routing, Server, Split, Target } from '../../src/routing/model.ts';
import { madeUp, renderMadeUp } from '../support/made-up-policies.ts';
import { checkNginx, freePorts } from '../support/nginx.ts';
import { fromIngress, locationOf, routingOf, serverOf, status, to, upstreamOf } from '../support/routing.ts';

const lines = (text: string): ReturnType<typeof templateText> => templateText(`      ${text}`);

/** Sends errors to an internal location that has these lines. */
const errors =
  (text: string) =>
  ({ declare }: Tools): Parts => {
    const page = declare.location({ name: 'errors', kind: 'named', text: lines(text), requestHeaders: [] });
    return { location: { always: lines(`error_page 404 ${page};`) } };
  };

const badMap = ({ declare }: Tools): Parts => {
  const rows = [[patternKey('('), bareWord('1')] as const];
  const map = declare.map({ name: 'bad', of: variable('host'), rows, otherwise: EMPTY });
  return { location: { begin: lines(`set $bad ${map};`) } };
};

const TABLE = {
  fine: errors('proxy_pass http://web;'),
  badErrors: errors('proxy_pass http://web;\n      no_such_directive;'),
  badMap,
  badText: (): Parts => ({ location: { content: lines('no_such_directive;') } }),
  badHeader: (): Parts => ({ responseHeaders: [{ name: 'X-A', value: variable('no_such_variable') }] }),
};

/** A location of an Ingress, which asks for a policy that is made up. */
function asking(policy: keyof typeof TABLE, head: string, ingress: string, target: Target = to('web')): Location {
  const location = locationOf(head, target, madeUp(policy), ingress);
  const { basicAuth } = location.policies;
  if (basicAuth === undefined) throw new Error('the policy is lost');
  const at = { ...fromIngress(ingress), field: { document: `${ingress}.yaml#0`, path: ['metadata', policy] } };
  return { ...location, policies: { basicAuth: { ...basicAuth, from: [{ by: 'annotation', name: policy, at }] } } };
}

const SPLIT: Split = {
  name: 'split-of-web',
  rules: [{ when: { of: 'header', name: 'X-A', is: { kind: 'regex', regex: '(' } }, to: 'web' }],
  shares: [{ to: 'other', parts: 1 }],
  from: [fromIngress('team/canary')],
};

let listeners: Routing['listeners'];

beforeAll(async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  listeners = { addresses: ['127.0.0.1'], httpPort, httpsPort };
});

/** What nginx says about hosts behind one that is fine and has internal locations. */
function complaintAbout(hosts: readonly Server[], splits: readonly Split[] = []): Record<string, unknown> {
  const fine = serverOf(
    '0.example.com',
    [asking('fine', '/a/', 'team/fine'), locationOf('/b/', status(503, 'nobody'), {}, 'team/fine')],
    'team/fine',
  );
  // Of the same Service: with the same endpoints they would be one upstream.
  const upstreams = [upstreamOf('other', '127.0.0.1:1'), upstreamOf('web', '127.0.0.1:2')];
  const files = renderMadeUp(routingOf({ listeners, hosts: [fine, ...hosts], upstreams, splits }), TABLE);
  const { isFine, stderr } = checkNginx(files);
  expect(isFine).toBe(false);
  const { suspects = [], isEach } = readRefusal(stderr, files) ?? {};
  const [finding] = explainComplaint(stderr, files);
  const at = finding?.at !== undefined && 'document' in finding.at ? finding.at : undefined;
  return {
    message: finding?.message.replace(/ in ".*/, ''),
    at: at && `${at.document} ${at.path.join('.')}`,
    suspects: suspects.map(({ resource }) => objectText(resource)),
    isEach,
  };
}

describe('what nginx says of a line leads', () => {
  test('in a location behind internal ones of another server, to its Ingress', () => {
    const host = serverOf('a.example.com', [asking('fine', '/', 'team/other'), asking('badText', '/bad/', 'team/bad')]);
    expect(complaintAbout([host])).toEqual({
      message: 'nginx rejects this: unknown directive "no_such_directive" (Ingress team/bad)',
      at: 'team/bad.yaml#0 spec.rules.0',
      suspects: ['Ingress team/bad'],
      isEach: true,
    });
  });

  test('in an internal location, to all that ask for it, and to the annotation', () => {
    const hosts = [
      serverOf('a.example.com', [asking('fine', '/', 'team/other'), asking('badErrors', '/bad/', 'team/bad')]),
      serverOf('b.example.com', [asking('badErrors', '/', 'team/worse')]),
    ];
    expect(complaintAbout(hosts)).toEqual({
      message: 'nginx rejects this: unknown directive "no_such_directive" (Ingress team/bad)',
      at: 'team/bad.yaml#0 metadata.badErrors',
      suspects: ['Ingress team/bad', 'Ingress team/worse'],
      isEach: true,
    });
  });

  test('in a map, to all that ask for it', () => {
    const hosts = ['b', 'c'].map(name => serverOf(`${name}.example.com`, [asking('badMap', '/', `team/${name}`)]));
    expect(complaintAbout(hosts)).toMatchObject({
      at: 'team/b.yaml#0 metadata.badMap',
      suspects: ['Ingress team/b', 'Ingress team/c'],
      isEach: true,
    });
  });

  test('in a split, to the Ingress that asks for it', () => {
    const target: Target = { kind: 'proxy', to: { kind: 'split', name: SPLIT.name } };
    const host = serverOf('a.example.com', [locationOf('/', target, {}, 'team/main')], 'team/main');
    expect(complaintAbout([host], [SPLIT])).toMatchObject({
      at: 'team/canary.yaml#0 spec.rules.0',
      suspects: ['Ingress team/canary'],
      isEach: true,
    });
  });
});

test('a header leads to who asks for it, though nginx names no line', () => {
  const host = serverOf('a.example.com', [asking('badHeader', '/', 'team/bad')], 'team/bad');
  expect(complaintAbout([host])).toMatchObject({
    message: 'nginx rejects this: unknown "no_such_variable" variable (Ingress team/bad)',
    at: 'team/bad.yaml#0 metadata.badHeader',
    suspects: ['Ingress team/bad'],
  });
});
