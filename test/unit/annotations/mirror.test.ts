import { describe, expect, test } from 'vitest';

import type { FoundFacts } from '../../../src/annotations/facts.ts';
import { mirror } from '../../../src/annotations/mirror.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const TO = { kind: 'upstream', name: 'copies' } as const;
const URI = { variable: 'request_uri' };

function run(annotations: Readonly<Record<string, string>>, isThere = true) {
  const asked: unknown[] = [];
  const leadTo: FoundFacts['leadTo'] = (backend, _, protocol) => {
    asked.push([backend, protocol]);
    return isThere ? TO : undefined;
  };
  const { policy, found: findings, denied } = runFamily(mirror, annotations, { facts: { leadTo } });
  return { policy, asked, lines: linesOf(findings), denied };
}

const target = (text: string) => ({ 'mirror-target': text });

describe('copies go to', () => {
  test.each([
    { text: 'http://m.example.com$request_uri', host: 'm.example.com', port: 80, uri: [URI] },
    { text: 'http://m.example.com${request_uri}', host: 'm.example.com', port: 80, uri: [URI] },
    { text: 'http://m.example.com/$request_uri', host: 'm.example.com', port: 80, uri: [{ text: '/' }, URI] },
    { text: ' http://m.example.com:8080/a?b=c ', host: 'm.example.com', port: 8080, uri: [{ text: '/a?b=c' }] },
    { text: 'http://M.example.com', host: 'm.example.com', port: 80, uri: [URI] },
    { text: 'http://10.0.0.9:90', host: '10.0.0.9', port: 90, uri: [URI] },
    { text: 'http://m/', host: 'm', port: 80, uri: [{ text: '/' }] },
    {
      text: 'http://m/$namespace/$ingress_name',
      host: 'm',
      port: 80,
      uri: [{ text: '/' }, { text: 'shop' }, { text: '/' }, { text: 'web' }],
    },
  ])('$text', ({ text, host, port, uri }) => {
    const { policy, asked, lines } = run(target(text));
    expect(policy).toEqual({ to: TO, uri, host: [{ text: host }], tlsName: undefined, hasBody: true });
    expect(asked).toEqual([[{ host, port }, 'http']]);
    expect(lines).toEqual([]);
  });

  test('a server that speaks TLS', () => {
    const { policy, asked } = run(target('https://m.example.com/a'));
    expect(policy?.tlsName).toBe('m.example.com');
    expect(asked).toEqual([[{ host: 'm.example.com', port: 443 }, 'https']]);
  });

  test('nobody, where nobody is found', () => {
    expect(run(target('http://m.example.com'), false).policy).toBeUndefined();
  });
});

test.each([
  {
    name: 'have another host',
    given: { 'mirror-host': 'x.example.com' },
    policy: { host: [{ text: 'x.example.com' }] },
  },
  { name: 'have that of the client', given: { 'mirror-host': '$host' }, policy: { host: [{ variable: 'host' }] } },
  { name: 'have no body', given: { 'mirror-request-body': ' off ' }, policy: { hasBody: false } },
  { name: 'have a body', given: { 'mirror-request-body': 'on' }, policy: { hasBody: true } },
])('copies $name', ({ given, policy }) => {
  const { policy: found, lines } = run({ ...target('http://m.example.com'), ...given });
  expect(found).toMatchObject(policy);
  expect(lines).toEqual([]);
});

test.each([
  { name: 'no scheme', given: target('m.example.com/a'), line: 'mirror-target: "m.example.com/a" is not a URL' },
  {
    name: 'another scheme',
    given: target('ftp://m/a'),
    line: 'mirror-target: "ftp://m/a" is not a URL of http or https',
  },
  {
    name: 'a port that there is not',
    given: target('http://m:70000'),
    line: 'mirror-target: "http://m:70000" has a port that is not between 1 and 65535',
  },
  {
    name: 'a host that clients choose',
    given: target('http://$arg_a/'),
    line: 'mirror-target: "http://$arg_a/" would let clients choose who is asked',
  },
  {
    name: 'the host that is asked for',
    given: target('http://$host/a'),
    line: 'mirror-target: "http://$host/a" has no host of its own',
  },
  {
    name: 'a variable that nginx has not',
    given: target('http://m/$nobody'),
    line: 'mirror-target: "http://m/$nobody" has $nobody, which is not a variable of nginx',
  },
  {
    name: 'the metadata server of a cloud',
    given: target('http://169.254.169.254/a'),
    line: 'mirror-target: "http://169.254.169.254/a" leads to the metadata server of a cloud, which hands out credentials',
  },
  {
    name: 'a character that is not allowed',
    given: target('http://m/a;b'),
    line: 'mirror-target: "http://m/a;b" has characters that are not allowed here',
  },
])('there are no copies for a target with $name', ({ given, line }) => {
  const { policy, lines, denied } = run(given);
  expect(policy).toBeUndefined();
  expect(lines).toEqual([`invalid-annotation-value: ${line}`]);
  expect(denied).toBeUndefined();
});

test.each([
  { given: { 'mirror-host': 'a.example.com' }, name: 'mirror-host' },
  { given: { 'mirror-request-body': 'off' }, name: 'mirror-request-body' },
])('$name needs a target', ({ given, name }) => {
  const { policy, lines } = run(given);
  expect(policy).toBeUndefined();
  expect(lines).toEqual([`annotation-without-effect: ${name} has no effect without mirror-target`]);
});

test.each([
  { host: '$nobody', problem: '"$nobody" has $nobody, which is not a variable of nginx' },
  { host: '$uri', problem: '"$uri" has $uri, in which clients could put further headers' },
])('the host of the target counts in place of $host', ({ host, problem }) => {
  const { policy, lines } = run({ ...target('http://m.example.com'), 'mirror-host': host });
  expect(policy?.host).toEqual([{ text: 'm.example.com' }]);
  expect(lines).toEqual([`invalid-annotation-value: mirror-host: ${problem}`]);
});
