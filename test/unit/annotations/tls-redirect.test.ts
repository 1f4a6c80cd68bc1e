import { expect, test } from 'vitest';

import { tlsRedirect } from '../../../src/annotations/tls-redirect.ts';
import type { TlsRedirect } from '../../../src/routing/policies/tls-redirect.ts';
import type { FamilyWorld } from '../../support/annotations.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;
const without = { hasTls: false };

test.each<{ name: string; given?: Given; world?: FamilyWorld; code: number | undefined; lines?: readonly string[] }>([
  { name: 'is on with a certificate', code: 308 },
  { name: 'is off without one', world: { facts: without }, code: undefined },
  { name: 'can be switched off', given: { 'ssl-redirect': 'false' }, code: undefined },
  { name: 'can be forced', given: { 'force-ssl-redirect': 'true' }, world: { facts: without }, code: 308 },
  {
    name: 'is forced, whatever ssl-redirect says',
    given: { 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' },
    code: 308,
  },
  {
    name: 'is off at a catch-all',
    given: { 'force-ssl-redirect': 'true' },
    world: { facts: { isCatchAll: true } },
    code: undefined,
  },
  { name: 'is off by the ConfigMap', world: { options: { 'ssl-redirect': 'false' } }, code: undefined },
  {
    name: 'is on against it',
    given: { 'ssl-redirect': 'true' },
    world: { options: { 'ssl-redirect': 'false' } },
    code: 308,
  },
  { name: 'is forced by it', world: { options: { 'force-ssl-redirect': 'true' }, facts: without }, code: 308 },
  {
    name: 'is not forced against it',
    given: { 'force-ssl-redirect': 'false' },
    world: { options: { 'force-ssl-redirect': 'true' }, facts: without },
    code: undefined,
  },
  { name: 'has its status', world: { options: { 'http-redirect-code': '301' } }, code: 301 },
  { name: 'spares ACME challenges', world: { facts: { path: '/.well-known/acme-challenge/x' } }, code: undefined },
  {
    name: 'spares the paths that it names, and no others then',
    world: { options: { 'no-tls-redirect-locations': '/plain' }, facts: { path: '/.well-known/acme-challenge/x' } },
    code: 308,
  },
  {
    name: 'spares what begins with such a path',
    world: { options: { 'no-tls-redirect-locations': '/plain' }, facts: { path: '/plainly' } },
    code: undefined,
  },
  {
    name: 'keeps the default with a value that is no boolean',
    given: { 'ssl-redirect': 'off' },
    code: 308,
    lines: ['invalid-annotation-value: ssl-redirect: "off" is not a boolean'],
  },
  {
    name: 'keeps what the ConfigMap says with such a value',
    given: { 'ssl-redirect': 'off' },
    world: { options: { 'ssl-redirect': 'false' } },
    code: undefined,
    lines: ['invalid-annotation-value: ssl-redirect: "off" is not a boolean'],
  },
  {
    name: 'keeps it with an empty value, which counts as none',
    given: { 'ssl-redirect': '' },
    world: { options: { 'ssl-redirect': 'false' } },
    code: undefined,
  },
])('the redirect to HTTPS $name', ({ given = {}, world = {}, code, lines = [] }) => {
  const { policy, denied, wantsRegex, found } = runFamily(tlsRedirect, given, world);
  expect(policy?.code).toBe(code);
  expect({ denied, wantsRegex }).toEqual({ denied: undefined, wantsRegex: false });
  expect(linesOf(found)).toEqual(lines);
});

const slash = 'preserve-trailing-slash';
const port = 'use-port-in-redirects';

test.each<{ name: string; given?: Given; options?: Given; policy: TlsRedirect; lines?: readonly string[] }>([
  { name: 'loses a slash at its end', given: { [slash]: 'false', [port]: 'false' }, policy: { code: 308 } },
  { name: 'keeps it', given: { [slash]: 'true' }, policy: { code: 308, keepsSlash: true } },
  { name: 'names the port', given: { [port]: 'true' }, policy: { code: 308, namesPort: true } },
  {
    name: 'does both on all hosts',
    options: { [slash]: 'true', [port]: 'true' },
    policy: { code: 308, keepsSlash: true, namesPort: true },
  },
  {
    name: 'does neither against the options',
    given: { [slash]: 'false', [port]: 'false' },
    options: { [slash]: 'true', [port]: 'true' },
    policy: { code: 308 },
  },
  {
    name: 'is as on all hosts with what is no boolean, or nothing',
    given: { [slash]: 'yes', [port]: '' },
    options: { [slash]: 'true', [port]: 'true' },
    policy: { code: 308, keepsSlash: true, namesPort: true },
    lines: [`invalid-annotation-value: ${slash}: "yes" is not a boolean`],
  },
])('the URL over HTTPS $name', ({ given = {}, options = {}, policy, lines = [] }) => {
  const run = runFamily(tlsRedirect, given, { options });
  expect(run.policy).toEqual(policy);
  expect(linesOf(run.found)).toEqual(lines);
});
