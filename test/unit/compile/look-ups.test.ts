import { expect, test } from 'vitest';

import type { Family } from '../../../src/annotations/family.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import type { Wanted } from '../../../src/cluster/wanted.ts';
import { compile } from '../../../src/compile/compile.ts';
import { noteWanted } from '../../../src/compile/look-ups.ts';
import { createCompileMemory } from '../../../src/compile/memory.ts';
import type { PlanMemory } from '../../../src/compile/plan.ts';
import { planIngresses } from '../../../src/compile/plan.ts';
import type { ControllerConfig } from '../../../src/options/config.ts';
import type { OptionSpec } from '../../../src/options/option.ts';
import { text } from '../../../src/options/value-type.ts';
import type { Resource } from '../../../src/resources/model.ts';
import { atOnce } from '../../../src/steps/steps.ts';
import { appOf, configMapOf, ingressOf, reported, secretOf, settingsOf } from '../../support/resources.ts';

const asTexts = ({ Secret, ConfigMap }: Wanted) => ({
  Secret: [...Secret].toSorted(),
  ConfigMap: [...ConfigMap].toSorted(),
});

const INPUT = [
  ...appOf('web', '10.0.0.1'),
  secretOf('users', { auth: 'ines:x' }),
  configMapOf('ingress-nginx/controller', { hsts: 'false', 'add-headers': 'ingress-nginx/headers' }),
  configMapOf('shop/nobody-asks', {}),
  ingressOf({
    annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
    hosts: { 'shop.example.com': [['/', 'web:80']] },
    tls: { certificate: ['shop.example.com'] },
  }),
];
const SETTINGS = settingsOf({
  controllerConfig: 'ingress-nginx/controller',
  tcpServicesConfigMap: 'ingress-nginx/tcp',
  defaultSslCertificate: 'ingress-nginx/certificate',
});

test('a compilation says what it looked up, there or not, whatever it remembers', () => {
  const memory = createCompileMemory();
  const wantedNow = () => reported(report => compile(INPUT, SETTINGS, report, memory)).result.wanted;
  const wanted = {
    Secret: ['ingress-nginx/certificate', 'shop/certificate', 'shop/users'],
    ConfigMap: ['ingress-nginx/controller', 'ingress-nginx/headers', 'ingress-nginx/tcp'],
  };
  expect(asTexts(wantedNow())).toEqual(wanted);
  expect(asTexts(wantedNow())).toEqual(wanted);
});

const name: OptionSpec<string> = {
  type: text(/^[a-z]*$/, 'a name'),
  default: '',
  example: 'headers',
  summary: 'Where they stand.',
  becomes: '',
};

/** Headers of a ConfigMap, and a password for them. */
function headersFamily(made: string[]): Family {
  return {
    name: 'headers',
    annotations: { headers: name },
    options: {},
    read(values, { ingress, tables }) {
      made.push(ingress.name);
      const key = `shop/${'headers' in values ? String(values.headers) : ''}`;
      const configMap = tables.configMaps.get(key);
      const secret = configMap?.data['secret'];
      return secret === undefined ? undefined : tables.secrets.get(`shop/${secret}`);
    },
    gives: { location: asked => asked },
  };
}

const OPTIONS: ControllerConfig = { values: {}, written: new Map() };

test('what a family looks up is wanted, and makes the plans anew when it comes', () => {
  const made: string[] = [];
  const planner = plannerOf([headersFamily(made)]);
  const memory: PlanMemory = new WeakMap();
  const ingresses = [
    ingressOf({ name: 'one', annotations: { headers: 'headers' } }),
    ingressOf({ name: 'other', annotations: { headers: 'others' } }),
    ingressOf({ name: 'none' }),
  ];
  const wantedWith = (...resources: readonly Resource[]) => {
    const { result } = reported(report => {
      const [tables, wanted] = noteWanted(indexCluster(resources, report));
      atOnce(planIngresses(ingresses, { planner, tables, config: OPTIONS, report }, memory));
      return wanted;
    });
    return { ...asTexts(result), made: made.splice(0) };
  };
  const headers = configMapOf('shop/headers', { secret: 'token' });
  const both = ['shop/headers', 'shop/others'];
  expect(wantedWith()).toEqual({ Secret: [], ConfigMap: both, made: ['one', 'other'] });
  expect(wantedWith(configMapOf('shop/nobody-asks', {}))).toEqual({ Secret: [], ConfigMap: both, made: [] });
  expect(wantedWith(headers)).toEqual({ Secret: ['shop/token'], ConfigMap: both, made: ['one'] });
  expect(wantedWith(headers)).toEqual({ Secret: ['shop/token'], ConfigMap: both, made: [] });
  const token = secretOf('token', { key: 'x' });
  expect(wantedWith(headers, token)).toEqual({ Secret: ['shop/token'], ConfigMap: both, made: ['one'] });
});
