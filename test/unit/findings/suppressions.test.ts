import { expect, test } from 'vitest';

import { locateAll } from '../../../src/diagnostics/located.ts';
import type { Loaded } from '../../../src/jobs/loaded.ts';
import { judgeSuppressions } from '../../../src/findings/judge-suppressions.ts';
import { loadTexts } from '../../../src/jobs/load.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { service, yamlOf } from '../../support/manifests.ts';

interface Parts {
  readonly head?: string;
  readonly annotations?: readonly string[];
  /** Stands before the path with one group, to which `rewrite-target: /$2` does not fit. */
  readonly above?: string;
  readonly behind?: string;
  readonly name?: string;
}

/** An Ingress with one finding: missing-group. */
function mistaken({ head, annotations = [], above, behind = '', name = 'shop' }: Parts): string {
  return [
    ...(head === undefined ? [] : [head]),
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${name}`,
    '  namespace: shop',
    '  annotations:',
    '    nginx.ingress.kubernetes.io/rewrite-target: /$2',
    ...annotations.map(line => `    ${line}`),
    'spec:',
    '  ingressClassName: nginx',
    '  rules:',
    `  - host: ${name}.example.com`,
    '    http:',
    '      paths:',
    ...(above === undefined ? [] : [above]),
    `      - path: /api/(.*)${behind}`,
    '        pathType: ImplementationSpecific',
    '        backend: { service: { name: web, port: { number: 80 } } }',
    '',
  ].join('\n');
}

const WEB = yamlOf([service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' })]);

function load(text: string, name = 'shop.yaml'): Loaded {
  const sources = [
    { name, text },
    { name: 'web.yaml', text: WEB },
  ];
  return judged(loadTexts({ sources, settings: SETTINGS }));
}

/** With what `lint` says of suppressions. */
function judged(loaded: Loaded): Loaded {
  for (const found of judgeSuppressions(loaded)) loaded.report(found);
  return loaded;
}

function linted(text: string) {
  const { diagnostics, suppressed, locate } = load(text);
  const located = locateAll(diagnostics, locate);
  return {
    reported: located.map(({ rule, message }) => [rule.name, message] as const),
    objects: located.map(({ at }) => at?.object?.name),
    suppressed: suppressed.map(({ found, by }) => [found.rule.name, by.reason] as const),
  };
}

test('the Ingress of these tests has one finding', () => {
  expect(linted(mistaken({}))).toMatchObject({ reported: [['missing-group', {}]], suppressed: [] });
});

test.each<{ readonly name: string; readonly parts: Parts; readonly reason?: string }>([
  {
    name: 'a comment for the next line',
    parts: { above: '      # ingress2nginx-disable-next-line I2N225 -- by design' },
    reason: 'by design',
  },
  {
    name: 'a comment for the next line, with others and an empty line between',
    parts: { above: '      # ingress2nginx-disable-next-line missing-group\n      # a path\n' },
  },
  { name: 'a comment for its own line', parts: { behind: ' # ingress2nginx-disable-line I2N225' } },
  { name: 'the name of a rule in capitals', parts: { behind: ' # ingress2nginx-disable-line Missing-Group' } },
  {
    name: 'a comment for the file',
    parts: { head: '# ingress2nginx-disable-file missing-group -- generated' },
    reason: 'generated',
  },
  {
    name: 'a comment for the file in another document of it',
    parts: { head: '# ingress2nginx-disable-file missing-group\n---' },
  },
  {
    name: 'the annotation',
    parts: { annotations: ['ingress2nginx.dev/ignore: "I2N225 -- by design"'] },
    reason: 'by design',
  },
])('$name suppresses a finding', ({ parts, reason }) => {
  expect(linted(mistaken(parts))).toEqual({ reported: [], objects: [], suppressed: [['missing-group', reason]] });
});

test.each<{ readonly name: string; readonly parts: Parts; readonly says: RegExp }>([
  {
    name: 'is for the line before',
    parts: { above: '      # ingress2nginx-disable-line I2N225' },
    says: /^"ingress2nginx-disable-line" suppresses nothing of I2N225: line 14 has no such finding$/,
  },
  {
    name: 'is for the host',
    parts: { head: '# ingress2nginx-disable-next-line I2N225' },
    says: /^"ingress2nginx-disable-next-line" suppresses nothing of I2N225: line 2 has no such finding$/,
  },
  {
    name: 'stands at the end of the file',
    parts: { behind: '\n        # ingress2nginx-disable-next-line I2N225' },
    says: /line 16 has no such finding$/,
  },
])('a comment that $name suppresses nothing, and is a finding', ({ parts, says }) => {
  const { reported, suppressed } = linted(mistaken(parts));
  expect(suppressed).toEqual([]);
  expect(reported.map(([rule]) => rule).toSorted()).toEqual(['missing-group', 'unused-suppression']);
  expect(reported.find(([rule]) => rule === 'unused-suppression')?.[1]).toMatch(says);
});

test('text in a block of an annotation is no comment', () => {
  const snippet = [
    'nginx.ingress.kubernetes.io/configuration-snippet: |',
    '  # ingress2nginx-disable-file snippet-not-allowed',
  ];
  expect(linted(mistaken({ annotations: snippet })).reported.map(([rule]) => rule)).toEqual(['snippet-not-allowed']);
});

test('a comment before a block of text is for what is found in it', () => {
  const snippet = ['nginx.ingress.kubernetes.io/configuration-snippet: |', '  more_set_headers "a: b";'];
  const comment = '# ingress2nginx-disable-next-line snippet-not-allowed';
  const rules = (annotations: readonly string[]) => linted(mistaken({ annotations })).reported.map(([rule]) => rule);
  expect([rules(snippet), rules([comment, ...snippet])]).toEqual([['snippet-not-allowed'], []]);
});

test('the annotation is for its own object alone', () => {
  const ignoring = mistaken({ name: 'one', annotations: ['ingress2nginx.dev/ignore: missing-group'] });
  const { objects, suppressed } = linted(`${ignoring}---\n${mistaken({ name: 'two' })}`);
  expect(objects).toEqual(['two']);
  expect(suppressed).toHaveLength(1);
});

test('in what Helm prints, a comment for the file is for its template', () => {
  const one = mistaken({
    name: 'one',
    head: '---\n# Source: shop/templates/one.yaml\n# ingress2nginx-disable-file I2N225',
  });
  const two = mistaken({ name: 'two', head: '---\n# Source: shop/templates/two.yaml' });
  const { objects, suppressed } = linted(`${one}${two}`);
  expect(objects).toEqual(['two']);
  expect(suppressed).toHaveLength(1);
});

test('the narrowest suppression is used, others are said to be unused', () => {
  const parts = { head: '# ingress2nginx-disable-file I2N225', behind: ' # ingress2nginx-disable-line I2N225' };
  const { reported, suppressed } = linted(mistaken(parts));
  expect(reported).toMatchObject([['unused-suppression', expect.stringContaining('"ingress2nginx-disable-file"')]]);
  expect(suppressed).toHaveLength(1);
});

test('one suppression of several rules is judged rule by rule, and said once', () => {
  const { reported } = linted(mistaken({ behind: ' # ingress2nginx-disable-line I2N225 I2N221 shadowed-path' }));
  expect(reported).toEqual([
    [
      'unused-suppression',
      '"ingress2nginx-disable-line" suppresses nothing of I2N221 and shadowed-path: line 14 has no such finding',
    ],
  ]);
});

test('what is disabled is not said to be unused', () => {
  const text = mistaken({ behind: ' # ingress2nginx-disable-line I2N225' });
  const sources = [{ name: 'shop.yaml', text }];
  const levels = { byRule: new Map([['I2N225', 'off' as const]]), only: new Set(['I2N176', 'I2N225']) };
  const loaded = loadTexts({ sources, settings: SETTINGS, levels });
  expect(judged(loaded).diagnostics).toEqual([]);
});

test.each([
  'nginx-warns',
  'certificate-expires-soon',
  'missing-service',
  'behaviour-difference',
  'removed-api-version',
])('%s depends on flags, on what else is read or on the day, and is not said to be unused', rule => {
  const { reported } = linted(mistaken({ behind: ` # ingress2nginx-disable-line I2N225 ${rule}` }));
  expect(reported).toEqual([]);
});

test('beside an error in its file, a suppression is not said to be unused', () => {
  const text = `${mistaken({ behind: ' # ingress2nginx-disable-line I2N225 shadowed-path' })}---\na: [\n`;
  expect(linted(text).reported.map(([rule]) => rule)).toEqual(['broken-yaml']);
});

test.each([
  { comment: '# ingress2nginx-disable-file missing-grop', rule: 'unknown-suppressed-rule', at: [1, 3] },
  { comment: '# ingress2nginx-disable-file', rule: 'invalid-suppression', at: [1, 3] },
  { comment: '#  ingress2nginx-disable-files I2N225', rule: 'invalid-suppression', at: [1, 4] },
  { comment: '# ingress2nginx-disable-file broken-yaml', rule: 'forbidden-suppression', at: [1, 3] },
  { comment: '# ingress2nginx-disable-file I2N221', rule: 'unused-suppression', at: [1, 3] },
])('$comment is $rule, where it stands', ({ comment, rule, at: [line, column] }) => {
  const found = load(mistaken({ head: comment })).diagnostics.find(each => each.rule.name === rule);
  expect(found?.at).toMatchObject({ file: 'shop.yaml', line, column });
});

test.each([
  { text: '# ingress2nginx-disable-file missing-grop', help: 'write "missing-group"' },
  { text: '# ingress2nginx-disable-files I2N225', help: 'write "ingress2nginx-disable-file"' },
  { text: '# ingress2nginx-disable-file I2N221', help: 'remove the comment' },
  { text: '# ingress2nginx-disable-file I2N221 I2N225', help: 'remove I2N221 from it' },
])('help for $text', ({ text, help }) => {
  const { diagnostics } = load(mistaken({ head: text }));
  expect(diagnostics.map(found => found.help)).toContain(help);
});

test.each([
  {
    name: 'what is found in its line',
    parts: { behind: ' # ingress2nginx-disable-line' },
    help: 'name the rules that it is for: I2N225',
  },
  {
    name: 'what is found in its file',
    parts: { head: '# ingress2nginx-disable-file' },
    help: 'name the rules that it is for: I2N225',
  },
  {
    name: 'an example where there is nothing',
    parts: { head: '# ingress2nginx-disable-line' },
    help: 'name the rules that it is for, such as I2N304',
  },
])('the help for a suppression without a rule names $name', ({ parts, help }) => {
  const { diagnostics } = load(mistaken(parts));
  expect(diagnostics.filter(({ rule }) => rule.id === 'I2N177').map(found => found.help)).toEqual([help]);
});

test.each([
  {
    behind: 'I2N225, I2N30 - for now',
    said: [
      [
        '"ingress2nginx-disable-line" names "I2N30", which is no rule, so this name is ignored',
        'see "ingress2nginx lint --list-rules"',
      ],
      [
        '"ingress2nginx-disable-line" names "-", which is no rule, so this name is ignored',
        'write "--" before a reason',
      ],
    ],
  },
  {
    behind: 'missing-grop',
    said: [
      [
        '"ingress2nginx-disable-line" names "missing-grop", which is no rule, so nothing is suppressed',
        'write "missing-group"',
      ],
    ],
  },
])('what is said of names that no rule has: $behind', ({ behind, said }) => {
  const { diagnostics } = load(mistaken({ behind: ` # ingress2nginx-disable-line ${behind}` }));
  expect(diagnostics.flatMap(({ rule, message, help }) => (rule.id === 'I2N175' ? [[message, help]] : []))).toEqual(
    said,
  );
});

test('another annotation with our prefix is a mistake, at its key', () => {
  const { diagnostics, locate } = load(mistaken({ annotations: ['ingress2nginx.dev/ingore: I2N225'] }));
  const found = locateAll(diagnostics, locate).find(({ rule }) => rule.name === 'invalid-suppression');
  expect(found).toMatchObject({
    message: '"ingress2nginx.dev/ingore" is not an annotation that suppresses findings, so it is ignored',
    help: 'write "ingress2nginx.dev/ignore"',
    at: { line: 8, column: 5, endColumn: 29 },
  });
});

test('what is found to be wrong with an annotation points at it', () => {
  const { diagnostics, locate } = load(mistaken({ annotations: ['ingress2nginx.dev/ignore: I2N221'] }));
  const found = diagnostics.find(({ rule }) => rule.name === 'unused-suppression');
  const at = found?.at !== undefined && 'document' in found.at ? locate(found.at) : undefined;
  expect(at).toMatchObject({ line: 8, column: 31, endColumn: 37 });
});

test('what cannot be read is not hidden', () => {
  const text = `# ingress2nginx-disable-file broken-yaml\n---\na: [\n---\n${mistaken({})}`;
  expect(linted(text).reported.map(([rule]) => rule)).toContain('broken-yaml');
});

test('a guard that is suppressed stays closed', () => {
  const guard = (ignore: readonly string[]): Loaded =>
    load(
      mistaken({
        annotations: [
          'nginx.ingress.kubernetes.io/auth-type: basic',
          'nginx.ingress.kubernetes.io/auth-secret: none-there',
          ...ignore,
        ],
      }),
    );
  const open = guard([]);
  const ids = open.diagnostics.map(({ rule }) => rule.id).join(' ');
  const ignoring = guard([`ingress2nginx.dev/ignore: ${ids}`]);
  expect(ignoring.diagnostics).toEqual([]);
  expect(ignoring.routing.servers.map(({ locations }) => locations.map(({ target }) => target))).toEqual(
    open.routing.servers.map(({ locations }) => locations.map(({ target }) => target)),
  );
});
