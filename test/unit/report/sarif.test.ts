import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { sarifText } from '../../../src/report/sarif.ts';
import type { LintReport, ShownFix } from '../../../src/report/lint-report.ts';
import { repositoryPaths } from '../../../src/report/repository-path.ts';
import { foundAt, placeOf, reportWith, RULE, withSeverity } from '../../support/formats/sample-report.ts';
import { SARIF } from '../../support/formats/sarif-schema.ts';

/** A URI, or a reference to one: no character of it is one that must be encoded. */
const REFERENCE = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})*$/;
const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addFormat('uri-reference', REFERENCE);
ajv.addFormat('uri', (text: string) => REFERENCE.test(text) && URL.canParse(text));
const isSarif = ajv.compile(SARIF);

interface Region {
  readonly startLine: number;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: object; readonly region: Region };
  }[];
  readonly relatedLocations?: readonly object[];
  readonly partialFingerprints: object;
  readonly fixes?: readonly object[];
  readonly suppressions?: readonly object[];
}
interface Descriptor {
  readonly id: string;
  readonly defaultConfiguration: { readonly level: string };
}

/** The only run of a report, which fits the schema. */
function runOf(report: LintReport) {
  const log = JSON.parse(sarifText(report)) as {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly Descriptor[] } };
      readonly results: readonly Result[];
    }[];
  };
  isSarif(log);
  expect(isSarif.errors).toBeNull();
  const [run, ...others] = log.runs;
  expect(others).toEqual([]);
  if (run === undefined) throw new Error('no run');
  return { rules: run.tool.driver.rules, results: run.results };
}

const AT = placeOf('apps/shop.yaml', 3);
const first = (report: LintReport) => runOf(report).results[0];

test('a result has its rule, place, object and fingerprint', () => {
  const { rules, results } = runOf(
    reportWith([foundAt(AT, 'it is refused', { ...withSeverity('error'), help: 'remove it' })]),
  );
  expect(results).toEqual([
    {
      ruleId: 'I2N299',
      ruleIndex: 0,
      level: 'error',
      message: { text: 'Ingress shop/web: it is refused\nhelp: remove it' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'apps/shop.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
          },
          logicalLocations: [{ name: 'web', fullyQualifiedName: 'Ingress shop/web', kind: 'resource' }],
        },
      ],
      partialFingerprints: { 'ingress2nginx/v1': 'print of it is refused' },
    },
  ]);
  const url = 'https://github.com/ingress2nginx/ingress2nginx/blob/main/docs/rules/sample-rule.md';
  expect(rules).toEqual([
    {
      id: 'I2N299',
      name: 'sample-rule',
      shortDescription: { text: 'A sample.' },
      fullDescription: { text: 'It shows how a finding looks.' },
      help: {
        text: `A sample.\n\nIt shows how a finding looks.\n\n${url}`,
        markdown: `A sample.\n\nIt shows how a finding looks.\n\n[I2N299 sample-rule](${url})`,
      },
      helpUri: url,
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['kubernetes', 'ingress'], 'problem.severity': 'warning' },
    },
  ]);
});

test('a run without findings is one, too', () => {
  expect(runOf(reportWith([]))).toEqual({ rules: [], results: [] });
});

test('rules are those of the results, each once, with what lint makes of them', () => {
  const stricter = { ...RULE, id: 'I2N298', name: 'stricter', lintSeverity: 'error' } as const;
  const { rules, results } = runOf(
    reportWith([foundAt(AT, 'a'), foundAt(AT, 'b'), foundAt(AT, 'c', { rule: stricter })]),
  );
  expect(rules.map(({ id, defaultConfiguration }) => [id, defaultConfiguration.level])).toEqual([
    ['I2N298', 'error'],
    ['I2N299', 'warning'],
  ]);
  expect(results.map(({ ruleIndex }) => ruleIndex)).toEqual([1, 1, 0]);
});

test.each([
  { name: 'a path is encoded', file: 'a b/ü#?%.yaml', uri: 'a%20b/%C3%BC%23%3F%25.yaml', base: '%SRCROOT%' },
  { name: 'half a character is replaced', file: 'a\ud800.yaml', uri: 'a%EF%BF%BD.yaml', base: '%SRCROOT%' },
  { name: 'stdin is a name', file: '<stdin>', uri: '%3Cstdin%3E', base: '%SRCROOT%' },
  {
    name: 'what is not in the repository has its whole path',
    file: '/else where/a.yaml',
    uri: 'file:///else%20where/a.yaml',
  },
])('$name', ({ file, uri, base }) => {
  const location = first(reportWith([foundAt(placeOf(file, 1), 'm')]))?.locations[0]?.physicalLocation.artifactLocation;
  expect(location).toEqual({ uri, ...(base === undefined ? {} : { uriBaseId: base }) });
});

test('other places are related locations; one without a place stands in the message', () => {
  const related = [{ message: 'it is here', at: placeOf('b.yaml', 1) }, { message: 'and elsewhere' }];
  const result = first(reportWith([foundAt(AT, 'm', { related })]));
  expect(result?.message.text).toBe('Ingress shop/web: m\nnote: and elsewhere');
  expect(result?.relatedLocations).toMatchObject([
    { id: 0, message: { text: 'it is here' }, physicalLocation: { artifactLocation: { uri: 'b.yaml' } } },
  ]);
});

test.each([
  { name: 'the first file that was read', files: ['b.yaml', 'a.yaml'], uri: 'b.yaml' },
  { name: 'the folder, if none was', files: [], uri: '.' },
])('a finding without a place is at $name', ({ files, uri }) => {
  const { locations = [] } = first(reportWith([foundAt(undefined, 'm')], { files })) ?? {};
  expect(locations.map(({ physicalLocation }) => physicalLocation)).toEqual([
    { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: 1, startColumn: 1 } },
  ]);
});

test('what is suppressed is there and says why; all others say that they are not', () => {
  const { results } = runOf(
    reportWith([foundAt(AT, 'a')], {
      suppressed: [
        { found: foundAt(AT, 'b'), kind: 'inSource', reason: 'as agreed' },
        { found: foundAt(AT, 'c'), kind: 'external' },
      ],
    }),
  );
  expect(results.map(({ suppressions }) => suppressions)).toEqual([
    [],
    [{ kind: 'inSource', justification: 'as agreed' }],
    [{ kind: 'external' }],
  ]);
});

test('a fix replaces regions, file by file', () => {
  const fix: ShownFix = {
    title: 'write "true"',
    effect: 'same',
    edits: [
      { at: AT, text: '"true"' },
      { at: placeOf('b.yaml', 2, { endLine: 4, endColumn: 1 }), text: '' },
    ],
  };
  expect(first(reportWith([foundAt(AT, 'm')], { fixOf: () => fix }))?.fixes).toEqual([
    {
      description: { text: 'write "true"' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'apps/shop.yaml', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
              insertedContent: { text: '"true"' },
            },
          ],
        },
        {
          artifactLocation: { uri: 'b.yaml', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 2, startColumn: 5, endLine: 4, endColumn: 1 },
              insertedContent: { text: '' },
            },
          ],
        },
      ],
    },
  ]);
});

test('a message of a manifest makes no link', () => {
  const result = first(reportWith([foundAt(undefined, 'the path "[a](https://evil.example)"')]));
  expect(result?.message.text).toBe(String.raw`the path "\[a](https://evil.example)"`);
});

test('any text of a manifest is text', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\ud800', '\u001b[2J', '\uffff', '::error::x'),
  );
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      const at = placeOf(one, 1);
      const found = foundAt(at, other, { help: one, related: [{ message: other, at }] });
      const report = reportWith([found], { suppressed: [{ found, kind: 'inSource', reason: other }] });
      runOf(report);
      expect(sarifText(report)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|::[a-z]/u);
    }),
  );
});

test.each([
  { name: 'a path below the folder', file: 'apps/a.yaml', path: 'sub/apps/a.yaml' },
  { name: 'a path with ./', file: './a.yaml', path: 'sub/a.yaml' },
  { name: 'a path upwards', file: '../a.yaml', path: 'a.yaml' },
  { name: 'a whole path', file: '/repo/sub/a.yaml', path: 'sub/a.yaml' },
  { name: 'a name that begins with dots', file: '../..a.yaml', path: '..a.yaml' },
  { name: 'a path out of the repository', file: '../../a.yaml', path: '/a.yaml' },
  { name: 'the repository itself', file: '..', path: '.' },
  { name: 'stdin', file: '<stdin>', path: '<stdin>' },
])('$name is named as in the repository', ({ file, path }) => {
  expect(repositoryPaths('/repo/sub', '/repo')(file)).toBe(path);
});
