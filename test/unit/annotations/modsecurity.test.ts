import { describe, expect, test } from 'vitest';

import { modsecurity } from '../../../src/annotations/modsecurity.ts';
import { isGuarding, problemOfRules } from '../../../src/annotations/modsecurity-rules.ts';
import type { NginxModuleName } from '../../../src/options/nginx-modules.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

const ON = { 'enable-modsecurity': 'true' };
const GUARD = 'SecRuleEngine On';
const NOTHING = {
  isOn: undefined,
  rules: undefined,
  hasUsualRules: false,
  hasCoreRules: false,
  transactionId: undefined,
};

function run(annotations: Texts, options: Texts = {}, modules: readonly NginxModuleName[] = ['modsecurity']) {
  const { policy, found, denied } = runFamily(modsecurity, annotations, { options, modules, snippets: 'all' });
  return { asks: policy, lines: linesOf(found), denied };
}

describe('with the module, ModSecurity', () => {
  test.each<{ name: string; given: Texts; options?: Texts; asks: object | undefined }>([
    { name: 'has the usual rules', given: ON, asks: { ...NOTHING, isOn: true, hasUsualRules: true } },
    {
      name: 'has the core rules beside them',
      given: { ...ON, 'enable-owasp-core-rules': 'true' },
      asks: { ...NOTHING, isOn: true, hasUsualRules: true, hasCoreRules: true },
    },
    {
      name: 'has rules in place of the usual ones',
      given: { ...ON, 'modsecurity-snippet': `${GUARD}\n` },
      asks: { ...NOTHING, isOn: true, rules: GUARD },
    },
    {
      name: 'logs under an id',
      given: { ...ON, 'modsecurity-transaction-id': '${request_id}' },
      asks: { ...NOTHING, isOn: true, hasUsualRules: true, transactionId: [{ variable: 'request_id' }] },
    },
    { name: 'is off', given: { 'enable-modsecurity': 'false' }, asks: undefined },
    {
      name: 'is off where all have it',
      given: { 'enable-modsecurity': 'false' },
      options: ON,
      asks: { ...NOTHING, isOn: false },
    },
    { name: 'is on where all have it', given: ON, options: ON, asks: NOTHING },
    {
      name: 'adds rules where all have it',
      given: { 'modsecurity-snippet': GUARD, 'enable-owasp-core-rules': 'true' },
      options: ON,
      asks: { ...NOTHING, rules: GUARD, hasCoreRules: true },
    },
    {
      name: 'does not add core rules that all have',
      given: { 'enable-owasp-core-rules': 'true' },
      options: { ...ON, 'enable-owasp-modsecurity-crs': 'true' },
      asks: NOTHING,
    },
  ])('$name', ({ given, options, asks }) => {
    expect(run(given, options)).toEqual({ asks, lines: [], denied: undefined });
  });

  test('logs under its own id where nginx has no such variable', () => {
    const { asks, lines } = run({ ...ON, 'modsecurity-transaction-id': '$nobody' });
    expect(asks?.transactionId).toBeUndefined();
    expect(lines).toEqual([
      'invalid-annotation-value: modsecurity-transaction-id: "$nobody" has $nobody, which is not a variable of nginx',
    ]);
  });

  test.each(['enable-owasp-core-rules', 'modsecurity-transaction-id', 'modsecurity-snippet'])(
    'is what %s needs',
    name => {
      const value = name === 'enable-owasp-core-rules' ? 'true' : 'x';
      const { asks, lines } = run({ [name]: value });
      expect(asks).toBeUndefined();
      expect(lines).toEqual([`annotation-without-effect: ${name} has no effect without enable-modsecurity: "true"`]);
    },
  );
});

const MISSING = 'enable-modsecurity: stock nginx has no module for ModSecurity';

describe('without the module', () => {
  test.each([
    { name: 'the usual rules are missed', given: ON },
    { name: 'rules that detect are missed', given: { ...ON, 'modsecurity-snippet': 'SecRuleEngine DetectionOnly' } },
  ])('$name', ({ given }) => {
    const lines = [`missing-nginx-module: ${MISSING}: attacks are not logged`];
    expect(run(given, {}, [])).toEqual({ asks: undefined, lines, denied: undefined });
  });

  test('rules that turn requests away close the locations', () => {
    const { lines, denied } = run({ ...ON, 'modsecurity-snippet': GUARD }, {}, []);
    expect(denied).toBe('nginx has no module for ModSecurity');
    expect(lines).toEqual([
      `missing-guard-module: ${MISSING}: its rules turn nobody away, so the locations of this Ingress answer 503`,
    ]);
  });

  test('what is off is not missed', () => {
    expect(run({ 'enable-modsecurity': 'false' }, {}, [])).toEqual({ asks: undefined, lines: [], denied: undefined });
  });
});

describe('for all hosts', () => {
  test.each<{
    name: string;
    data: Texts;
    modules?: readonly NginxModuleName[];
    asks?: object;
    lines?: readonly string[];
  }>([
    { name: 'ModSecurity is off', data: { 'modsecurity-snippet': GUARD } },
    {
      name: 'ModSecurity is on',
      data: { ...ON, 'enable-owasp-modsecurity-crs': 'true' },
      modules: ['modsecurity'],
      asks: { rules: undefined, hasUsualRules: true, hasCoreRules: true, isClosed: false },
    },
    {
      name: 'it is missed',
      data: ON,
      lines: [`missing-nginx-module: ${MISSING}: attacks are not logged`],
    },
    {
      name: 'rules that are not allowed let nobody in',
      data: { ...ON, 'modsecurity-snippet': 'SecRuleEngine DetectionOnly' },
      modules: ['modsecurity'],
      asks: { rules: undefined, hasUsualRules: false, hasCoreRules: false, isClosed: true },
      lines: [
        'option-snippet-not-allowed: modsecurity-snippet: rules of ModSecurity are not allowed: all hosts answer 503',
      ],
    },
  ])('$name', ({ data, modules = [], asks, lines = [] }) => {
    const { policy, found } = runOptions(modsecurity, data, [], modules);
    expect(policy).toEqual(asks);
    expect(linesOf(found)).toEqual(lines);
  });
});

test.each(['none', 'safe'] as const)('with --snippets %s, rules close the locations', snippets => {
  const given = { 'modsecurity-snippet': 'SecRuleEngine DetectionOnly' };
  const { denied, found } = runFamily(modsecurity, given, { modules: ['modsecurity'], snippets });
  expect(denied).toBe('the rules of modsecurity-snippet are not taken');
  expect(linesOf(found)).toEqual([
    'snippet-not-allowed: modsecurity-snippet: rules of ModSecurity are not allowed: the locations of this Ingress answer 503',
  ]);
});

test.each([
  { rules: 'SecRuleEngine On', is: true },
  { rules: '# SecRuleEngine On\nSecRuleEngine DetectionOnly', is: false },
  { rules: '  secruleengine "on"', is: true },
  { rules: 'SecRuleEngine \\\n  On', is: true },
  { rules: 'SecAction "id:1,phase:1,pass,ctl:ruleEngine=On"', is: true },
  { rules: '# ctl:ruleEngine=On', is: false },
  { rules: 'SecRule ARGS "@rx a" "id:1,deny"', is: false },
])('whether rules turn somebody away: $rules', ({ rules, is }) => {
  expect(isGuarding(rules)).toBe(is);
});

test.each([
  { rules: 'SecRule ARGS "@contains a" "id:1,deny"', problem: /^$/ },
  { rules: 'Include /etc/nginx/owasp-modsecurity-crs/nginx-modsecurity.conf', problem: /^$/ },
  { rules: 'Include /etc/nginx/modsecurity/../passwords', problem: /^includes / },
  { rules: '  include "/etc/passwd"', problem: /^includes "\/etc\/passwd"/ },
  { rules: 'IncludeOptional rules/*.conf', problem: /^includes / },
  { rules: 'SecRemoteRules key https://a.example/', problem: /^has SecRemoteRules/ },
  { rules: 'SecRemote\\\nRules key https://a.example/', problem: /^has SecRemoteRules/ },
  { rules: 'Inc\\\nlude /etc/passwd', problem: /^includes "\/etc\/passwd"/ },
  { rules: 'SecRuleScript a.lua', problem: /^has SecRuleScript/ },
  { rules: 'SecRule ARGS "@rx a" "id:1,exec:/bin/a.lua"', problem: /^has exec/ },
  { rules: 'SecRule FILES "@inspectFile /bin/a"', problem: /^has @inspectFile/ },
  { rules: 'a\u0000b', problem: /control character/ },
  { rules: 'x'.repeat(5000), problem: /longer than/ },
])('rules are taken, or it is said why not: $rules', ({ rules, problem }) => {
  expect(problemOfRules(rules) ?? '').toMatch(problem);
});
