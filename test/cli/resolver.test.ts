import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { machineResolvers } from '../../src/live/machine-resolvers.ts';
import { testState } from '../support/apply.ts';
import type { TestState } from '../support/apply.ts';
import { findingsOf, runBin } from '../support/bin.ts';
import { ask } from '../support/client.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';

const NAME = 'mail.old-hoster.example';
const MAIL = yamlOf([
  service('mail', [{ number: 80, pod: 80 }], { type: 'ExternalName', externalName: NAME }),
  ingress({ host: 'mail.example.com', paths: [['/', 'Prefix', 'mail']] }),
]);
/** As nginx writes them; without any, the usual cluster DNS is asked. */
const OF_MACHINE = machineResolvers().join(' ');

let state: TestState;

beforeEach(() => {
  state = testState();
});
afterEach(() => state.end());

function resolverIn(conf: string): string | undefined {
  return /^ {2}resolver (.*);$/mu.exec(conf)?.[1];
}

describe('an external name is looked up', () => {
  test('by render at the usual cluster DNS, which does not depend on the machine', async () => {
    const run = await runBin(['render', '-', '--format', 'json'], MAIL);
    expect(run.code).toBe(0);
    expect(resolverIn(run.stdout)).toBe('10.96.0.10');
    expect(findingsOf(run).map(({ name }) => name)).toEqual(['assumed-external-resolver']);
  });

  test('by render --test as well, and nginx takes it', async () => {
    const [httpPort = 0, httpsPort = 0] = await freePorts(2);
    const words = ['--test', '--http-port', String(httpPort), '--https-port', String(httpsPort)];
    const run = await runBin(['render', '-', ...words], MAIL);
    expect(run.code).toBe(0);
    expect(resolverIn(run.stdout)).toBe('10.96.0.10');
  });

  test('with --resolver system at the DNS servers of the machine, or it is said that there are none', async () => {
    const run = await runBin(['render', '-', '--resolver', 'system'], MAIL);
    expect(run.code).toBe(OF_MACHINE === '' ? 2 : 0);
    expect(resolverIn(run.stdout)).toBe(OF_MACHINE === '' ? undefined : OF_MACHINE);
  });

  test('by apply at the DNS servers of the machine, and nginx starts whatever they know', async () => {
    const [httpPort = 0, httpsPort = 0] = await freePorts(2);
    const words = ['--state-dir', state.folder, '--http-port', String(httpPort), '--https-port', String(httpsPort)];
    const run = await runBin(['apply', '-', ...words], MAIL);
    expect(run.code).toBe(0);
    const conf = readFileSync(join(state.folder, 'current/nginx.conf'), 'utf8');
    expect(resolverIn(conf)).toBe(OF_MACHINE === '' ? '10.96.0.10' : OF_MACHINE);
    const { status } = await ask({ httpPort, httpsPort }, { host: 'nosuch.example.com', path: '/' });
    expect(status).toBe(404);
  });
});

test('--resolver takes nothing else', async () => {
  const run = await runBin(['render', '-', '--resolver', 'systems'], MAIL);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('or "system"');
});
