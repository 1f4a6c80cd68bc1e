import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collect, type Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { isFieldRef, type FieldPath } from '../../../src/diagnostics/place.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import { removedApiVersion } from '../../../src/resources/rules/removed-version.ts';
import { levelled } from '../../../src/findings/levels.ts';
import { validateObjects } from '../../../src/resources/validate.ts';

interface Mistake {
  readonly field: string;
  readonly type: string;
  readonly message: string;
}

interface Answer {
  readonly id: string;
  readonly manifest: string;
  readonly accepted: boolean;
  readonly status?: number;
  readonly errors: readonly Mistake[];
  readonly kubectl?: { readonly exit: number; readonly stderr: string };
}

/** What a real kube-apiserver 1.20.2 and kubectl 1.32 answered to each manifest. `«x*1000»` stands for a thousand x. */
const answers = (
  JSON.parse(readFileSync(new URL('../../../fixtures/apiserver/validation.json', import.meta.url), 'utf8')) as Answer[]
).map(answer => ({
  ...answer,
  manifest: answer.manifest.replaceAll(/«(.)\*(\d+)»/gu, (_, text: string, count: string) =>
    text.repeat(Number(count)),
  ),
}));

/** Where we differ from the server, and why. */
const DELIBERATE: Readonly<Record<string, { readonly why: string; readonly errors: boolean }>> = {
  'service/v1/external-name-loopback-ip': { why: 'nginx itself would go there', errors: true },
  'service/v1/external-name-localhost': { why: 'nginx itself would go there', errors: true },
  'endpoints/v1/ip-loopback': { why: 'local development needs it: a warning', errors: false },
  'endpoints/v1/ip-loopback-other': { why: 'local development needs it: a warning', errors: false },
  'endpoints/v1/ip-loopback-mapped': { why: 'local development needs it: a warning', errors: false },
  'endpoints/v1/ip-loopback-v6': { why: 'local development needs it: a warning', errors: false },
  'endpointslice/v1/not-served-by-1.20': { why: 'served since 1.21', errors: false },
};

/** Only creation refuses these; live objects may have them. */
const CREATION_ONLY = /^ingress\/.*\/class-and-(empty-)?annotation$/;

/** The server drops unknown fields, kubectl refuses them, and so do we. */
function hasUnknownField(answer: Answer): boolean {
  return answer.kubectl?.stderr.includes('unknown field') === true;
}

function diagnose(answer: Answer): readonly Diagnostic[] {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text: answer.manifest }], report);
  validateObjects(objects, report);
  // The server of these answers still has the versions that are gone since.
  return diagnostics.filter(({ rule }) => rule !== removedApiVersion);
}

function errorsOf(answer: Answer): readonly Diagnostic[] {
  return diagnose(answer).filter(found => found.severity === 'error');
}

/** Whether `lint --kubernetes-version 1.20` finds an error, unknown fields aside, which the server drops. */
function isErrorForLint(answer: Answer): boolean {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text: answer.manifest }], report);
  validateObjects(objects, report, { kubernetesVersion: '1.20' });
  return diagnostics.some(found => {
    const { severity } = levelled(found, LINT) ?? {};
    return severity === 'error' && !(hasUnknownField(answer) && found.rule.name === 'unknown-field');
  });
}

const LINT = { byRule: new Map(), areForLint: true } as const;

/** `spec.rules[0].host` → spec, rules, 0, host; `data[tls.crt]` → data, tls.crt. */
function stepsOf(field: string): FieldPath {
  return [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, key, name]) => {
    const step = name ?? key ?? '';
    return /^\d+$/.test(step) ? Number(step) : step;
  });
}

/** Fields that the server calls by another name than the manifest. */
const FIELD_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^annotations\.(.*)$/, 'metadata.annotations[$1]'],
  [/^data\[%s\]/, 'data'],
  [/^spec\.LoadBalancerSourceRanges/, 'spec.loadBalancerSourceRanges'],
  [/^\[\]$/, ''],
  [/^metadata\.ownerReferences\.\w+$/, 'metadata.ownerReferences'],
];

function pathOf(field: string): FieldPath {
  return stepsOf(FIELD_NAMES.reduce((text, [pattern, name]) => text.replace(pattern, name), field));
}

/** Whether a finding stands at the path or below it, or, for what is missing, at an object above it. */
function isAt(found: Diagnostic, path: FieldPath, orAbove: boolean): boolean {
  if (found.at === undefined || !isFieldRef(found.at)) return false;
  const at = found.at.path;
  const startsWith = (long: FieldPath, short: FieldPath) => short.every((step, index) => long[index] === step);
  return startsWith(at, path) || (orAbove && startsWith(path, at) && path.length - at.length <= 2);
}

test('every answer of the server is here', () => {
  expect(answers).toHaveLength(525);
});

describe('what the server refuses is an error', () => {
  const refused = answers.filter(({ id, accepted }) => !accepted && !(id in DELIBERATE) && !CREATION_ONLY.test(id));
  test.each(refused)('$id', answer => {
    const found = answer.id === 'yaml/empty' ? ['the server takes nothing for an object'] : errorsOf(answer);
    expect(found).not.toEqual([]);
  });
});

describe('what the server accepts is no error', () => {
  const accepted = answers.filter(answer => answer.accepted && !hasUnknownField(answer) && !(answer.id in DELIBERATE));
  test.each(accepted)('$id', answer => {
    expect(errorsOf(answer)).toEqual([]);
  });
});

test('lint for the version of the server has an error where the server has one, in every entry', () => {
  const others = answers.filter(answer => answer.id !== 'yaml/empty' && isErrorForLint(answer) === answer.accepted);
  expect(others.map(({ id }) => id)).toEqual([]);
});

describe('what only creation refuses is a warning', () => {
  test.each(answers.filter(({ id }) => CREATION_ONLY.test(id)))('$id', answer => {
    expect(diagnose(answer).map(({ rule, severity }) => [rule.name, severity])).toEqual([
      ['class-and-annotation', 'warning'],
    ]);
  });
});

describe('fields that the server drops and kubectl refuses are errors', () => {
  test.each(answers.filter(hasUnknownField))('$id', answer => {
    expect(errorsOf(answer).map(({ rule }) => rule.name)).toContain('unknown-field');
  });
});

describe('where we differ on purpose', () => {
  test.each(answers.filter(({ id }) => id in DELIBERATE))('$id', answer => {
    expect(errorsOf(answer).length > 0).toBe(DELIBERATE[answer.id]?.errors);
  });
});

/** Fields that the server filled from another one; the finding stands at that one. */
const FILLED_FROM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'service/v1/port-65536': { 'spec.ports[0].targetPort': 'spec.ports[0].port' },
  'service/v1/port--1': { 'spec.ports[0].targetPort': 'spec.ports[0].port' },
  'service/v1/cluster-ip-bad': { 'spec.clusterIPs[0]': 'spec.clusterIP' },
};

/** For what is not there, which the server may read as "" or 0, the finding stands at the object that lacks it. */
function isMissing({ type, message }: Mistake): boolean {
  return type === 'Required' || message.includes('must be specified') || /^Invalid value: (""|0): /.test(message);
}

describe('each mistake is found where the server found it', () => {
  const placed = answers.filter(({ id, status }) => status === 422 && !(id in DELIBERATE) && id !== 'yaml/empty');
  test.each(placed)('$id', answer => {
    const diagnostics = diagnose(answer);
    const unplaced = answer.errors.filter(mistake => {
      const field = FILLED_FROM[answer.id]?.[mistake.field] ?? mistake.field;
      return !diagnostics.some(found => isAt(found, pathOf(field), isMissing(mistake)));
    });
    expect(unplaced).toEqual([]);
  });
});
