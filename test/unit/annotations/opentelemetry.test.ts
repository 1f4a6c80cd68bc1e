import { describe, expect, test } from 'vitest';

import { opentelemetry } from '../../../src/annotations/opentelemetry.ts';
import type { NginxModuleName } from '../../../src/options/nginx-modules.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

const ON = { 'enable-opentelemetry': 'true' };
const HOST = { 'otlp-collector-host': 'otel.example.com' };
const COLLECTOR = {
  host: 'otel.example.com',
  port: 4317,
  serviceName: 'nginx',
  percent: 100,
  followsParent: true,
  intervalMs: 5000,
  batchSize: 512,
  batchCount: 4,
};
const PLAIN = { isOn: true, collector: COLLECTOR, spanName: undefined, trusts: true };

function run(annotations: Texts, options: Texts = HOST, modules: readonly NginxModuleName[] = ['opentelemetry']) {
  const { policy, found, denied } = runFamily(opentelemetry, annotations, { options, modules });
  return { asks: policy, lines: linesOf(found), denied };
}

describe('requests of an Ingress', () => {
  test.each<{ name: string; given: Texts; options?: Texts; asks: object | undefined }>([
    { name: 'are traced', given: ON, asks: PLAIN },
    {
      name: 'have spans of a name, and begin a trace',
      given: { ...ON, 'opentelemetry-operation-name': 'checkout', 'opentelemetry-trust-incoming-span': 'false' },
      asks: { ...PLAIN, spanName: 'checkout', trusts: false },
    },
    {
      name: 'continue traces as the option says',
      given: ON,
      options: { ...HOST, 'opentelemetry-trust-incoming-span': 'false' },
      asks: { ...PLAIN, trusts: false },
    },
    { name: 'are not traced where nobody says so', given: { 'enable-opentelemetry': 'false' }, asks: undefined },
    {
      name: 'are not traced where all others are',
      given: { 'enable-opentelemetry': 'false' },
      options: { ...HOST, ...ON },
      asks: { ...PLAIN, isOn: false },
    },
  ])('$name', ({ given, options, asks }) => {
    expect(run(given, options)).toEqual({ asks, lines: [], denied: undefined });
  });

  test('are not traced without a collector', () => {
    const { asks, lines } = run(ON, {});
    expect(asks).toBeUndefined();
    expect(lines).toEqual([
      'annotation-without-effect: enable-opentelemetry has no effect without the option otlp-collector-host: traces go nowhere',
    ]);
  });

  test('are not traced without the module', () => {
    const { asks, lines } = run(ON, HOST, []);
    expect(asks).toBeUndefined();
    expect(lines).toEqual([
      'missing-nginx-module: enable-opentelemetry: stock nginx has no module for OpenTelemetry: requests are not traced',
    ]);
  });

  test('drop out for a name of spans that is none', () => {
    const { denied, lines } = run({ ...ON, 'opentelemetry-operation-name': 'a;b' });
    expect(denied).toBe('invalid value in annotation opentelemetry-operation-name');
    expect(lines[0]).toMatch(/^dropped-for-value: opentelemetry-operation-name: "a;b" /);
  });

  test('do not for such a name where they are not traced, as in the controller', () => {
    const { denied, lines } = run({ 'enable-opentelemetry': 'false', 'opentelemetry-operation-name': 'a;b' });
    expect(denied).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  test.each(['opentelemetry-operation-name', 'opentelemetry-trust-incoming-span'])('%s needs that they are', name => {
    const { asks, lines } = run({ [name]: 'true' });
    expect(asks).toBeUndefined();
    expect(lines).toEqual([`annotation-without-effect: ${name} has no effect without enable-opentelemetry: "true"`]);
  });
});

test.each<{ name: string; data: Texts; collector?: object; lines?: readonly string[] }>([
  { name: 'as the controller does by default', data: {}, collector: COLLECTOR },
  { name: 'all', data: { 'otel-sampler': 'AlwaysOn', 'otel-sampler-ratio': '0.5' }, collector: COLLECTOR },
  { name: 'none', data: { 'otel-sampler': 'AlwaysOff' }, collector: { ...COLLECTOR, percent: 0 } },
  {
    name: 'a part',
    data: {
      'otel-sampler': 'TraceIdRatioBased',
      'otel-sampler-ratio': '0.25001',
      'otel-sampler-parent-based': 'false',
    },
    collector: { ...COLLECTOR, percent: 25, followsParent: false },
  },
  {
    name: 'one in a hundred',
    data: { 'otel-sampler': 'TraceIdRatioBased' },
    collector: { ...COLLECTOR, percent: 1 },
  },
  {
    name: 'in other deliveries',
    data: {
      'otlp-collector-port': '14317',
      'otel-service-name': 'edge',
      'otel-max-queuesize': '1000',
      'otel-max-export-batch-size': '300',
      'otel-schedule-delay-millis': '250',
    },
    collector: { ...COLLECTOR, port: 14_317, serviceName: 'edge', batchSize: 300, batchCount: 4, intervalMs: 250 },
  },
  {
    name: 'with the default for what is wrong',
    data: { 'otel-sampler': 'Sometimes', 'otel-sampler-ratio': '25%', 'otlp-collector-port': 'x' },
    collector: COLLECTOR,
    lines: [
      'invalid-option-value: otlp-collector-port: "x" is not a whole number',
      'invalid-option-value: otel-sampler: "Sometimes" is not one of AlwaysOn, AlwaysOff, TraceIdRatioBased',
      'invalid-option-value: otel-sampler-ratio: "25%" is not a number from 0 to 1',
    ],
  },
])('all hosts are traced: $name', ({ data, collector, lines = [] }) => {
  const { policy, found } = runOptions(opentelemetry, { ...ON, ...HOST, ...data }, [], ['opentelemetry']);
  expect(policy?.collector).toEqual(collector);
  expect(linesOf(found)).toEqual(lines);
});

test('all hosts are traced nowhere without a collector', () => {
  const { policy, found } = runOptions(opentelemetry, ON, [], ['opentelemetry']);
  expect(policy).toBeUndefined();
  expect(linesOf(found)).toEqual([
    'annotation-without-effect: enable-opentelemetry has no effect without the option otlp-collector-host: traces go nowhere',
  ]);
});
