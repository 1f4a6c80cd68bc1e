import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkstyleText } from '../../../src/report/checkstyle.ts';
import { findingsMarkdown } from '../../../src/report/findings-markdown.ts';
import { githubText } from '../../../src/report/github.ts';
import { gitlabText } from '../../../src/report/gitlab.ts';
import { sarifText } from '../../../src/report/sarif.ts';
import { junitText } from '../../../src/report/junit.ts';
import { foundAt, placeOf, reportWith, RULE, withSeverity } from '../../support/formats/sample-report.ts';
import { CHECKSTYLE, faultsOf, JUNIT } from '../../support/formats/xml-shape.ts';
import { readXml } from '../../support/formats/xml.ts';
import type { XmlElement } from '../../support/formats/xml.ts';

const AT = placeOf('apps/shop.yaml', 3);
const ERROR = foundAt(AT, 'it is refused', { ...withSeverity('error'), help: 'remove it' });
const WARNING = foundAt(placeOf('apps/shop.yaml', 7), 'it does nothing');
const NOTE = foundAt(placeOf('apps/blog.yaml', 2), 'it is worth knowing', withSeverity('info'));
const UNPLACED = foundAt(undefined, 'nothing is there');
const REPORT = reportWith([NOTE, WARNING, ERROR, UNPLACED], {
  files: ['apps/blog.yaml', 'apps/clean.yaml', 'apps/shop.yaml'],
  suppressed: [{ found: WARNING, kind: 'inSource', reason: 'as agreed' }],
});

describe('github', () => {
  test('errors come first, since only the first of a kind are shown', () => {
    expect(
      githubText(REPORT)
        .split('\n')
        .map(line => line.split(' ')[0]),
    ).toEqual(['::error', '::warning', '::warning', '::notice', '']);
  });

  test('a command names the place, the rule and what to do', () => {
    expect(githubText(reportWith([ERROR]))).toBe(
      '::error file=apps/shop.yaml,line=3,endLine=3,col=5,endColumn=9,title=I2N299 sample-rule' +
        '::apps/shop.yaml:3:5: Ingress shop/web: it is refused%0Ahelp: remove it\n',
    );
  });

  test.each([
    {
      name: 'columns are left out where the place has several lines',
      found: foundAt({ ...AT, endLine: 4 }, 'm'),
      has: 'file=apps/shop.yaml,line=3,endLine=4,title',
    },
    {
      name: 'a comma or colon of a path ends no property',
      found: foundAt(placeOf('a,b:c.yaml', 1), 'm'),
      has: 'file=a%2Cb%3Ac.yaml,line=1',
    },
    { name: 'percent signs stay what they are', found: foundAt(AT, '100%0A'), has: 'Ingress shop/web: 100%250A\n' },
    {
      name: 'a line end makes no second line',
      found: foundAt(AT, 'a\r\nb'),
      has: String.raw`Ingress shop/web: a\r\nb`,
    },
    {
      name: 'a message cannot begin a command',
      found: foundAt(undefined, '::error::owned'),
      has: String.raw`::\x3a:error::owned`,
    },
    {
      name: 'a finding without a place has none',
      found: UNPLACED,
      has: '::warning title=I2N299 sample-rule::nothing is there\n',
    },
    { name: 'a path is that of the repository', found: WARNING, pathOf: () => 'sub/x.yaml', has: 'file=sub/x.yaml,' },
  ])('$name', ({ found, has, pathOf = (file: string) => file }) => {
    expect(githubText(reportWith([found], { pathOf }))).toContain(has);
  });

  test('more of a kind than are shown get a summary', () => {
    const many = Array.from({ length: 11 }, (_, index) => foundAt(placeOf('a.yaml', index + 1), 'm'));
    expect(githubText(reportWith(many))).toContain(
      '::notice title=ingress2nginx::11 warnings; GitHub shows 10 of each',
    );
    expect(githubText(reportWith(many.slice(1)))).not.toContain('::notice');
  });
});

describe('gitlab', () => {
  interface Issue {
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issuesOf = (...args: Parameters<typeof reportWith>) => JSON.parse(gitlabText(reportWith(...args))) as Issue[];

  test('an issue has what the report of GitLab asks for', () => {
    expect(issuesOf([ERROR])).toEqual([
      {
        description: 'Ingress shop/web: it is refused; help: remove it',
        check_name: 'I2N299 sample-rule',
        fingerprint: 'print of it is refused',
        severity: 'major',
        location: { path: 'apps/shop.yaml', lines: { begin: 3, end: 3 } },
      },
    ]);
  });

  test('severities are those of GitLab', () => {
    expect(issuesOf([ERROR, WARNING, NOTE]).map(({ severity }) => severity)).toEqual(['major', 'minor', 'info']);
  });

  test('no two issues have one fingerprint', () => {
    const same = [1, 2, 3].map(line => foundAt(placeOf('a.yaml', line), 'm'));
    expect(new Set(issuesOf(same).map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });

  test('a finding without a place is at the folder', () => {
    expect(issuesOf([UNPLACED])[0]?.location).toEqual({ path: '.', lines: { begin: 1, end: 1 } });
  });

  test('nothing is an empty list', () => {
    expect(gitlabText(reportWith([]))).toBe('[]\n');
  });
});

const casesOf = (suite: XmlElement | undefined) => suite?.children.filter(({ name }) => name === 'testcase') ?? [];

describe('junit', () => {
  test('fits the schemas of Jenkins and Ant', () => {
    expect(faultsOf(readXml(junitText(REPORT)), JUNIT)).toEqual([]);
    expect(faultsOf(readXml(junitText(reportWith([]))), JUNIT)).toEqual([]);
  });

  test('each file is a suite; findings fail, notes do not, what is suppressed is skipped', () => {
    const suites = readXml(junitText(REPORT)).children.map(({ attributes }) => attributes);
    expect(suites.map(({ name, id, tests, failures, skipped }) => ({ name, id, tests, failures, skipped }))).toEqual([
      { name: 'apps/blog.yaml', id: '0', tests: '1', failures: '0', skipped: '0' },
      { name: 'apps/clean.yaml', id: '1', tests: '1', failures: '0', skipped: '0' },
      { name: 'apps/shop.yaml', id: '2', tests: '3', failures: '2', skipped: '1' },
      { name: 'ingress2nginx', id: '3', tests: '1', failures: '1', skipped: '0' },
    ]);
  });

  test('a failure says where, what and what to do; a file without findings passes', () => {
    const [clean, shop] = readXml(junitText(reportWith([ERROR], { files: ['a.yaml', 'apps/shop.yaml'] }))).children;
    expect(casesOf(clean).map(({ attributes, children }) => [attributes['name'], children])).toEqual([
      ['no findings', []],
    ]);
    expect(casesOf(shop)[0]?.children[0]).toMatchObject({
      name: 'failure',
      attributes: { message: 'Ingress shop/web: it is refused', type: 'error' },
      text: 'apps/shop.yaml:3:5: error: Ingress shop/web: it is refused\nhelp: remove it',
    });
  });

  test('the time is that of the run, without a zone', () => {
    expect(readXml(junitText(REPORT)).children[0]?.attributes['timestamp']).toBe('2026-01-02T03:04:05');
  });
});

describe('checkstyle', () => {
  test('has the form that checkstyle writes', () => {
    expect(faultsOf(readXml(checkstyleText(REPORT)), CHECKSTYLE)).toEqual([]);
    expect(faultsOf(readXml(checkstyleText(reportWith([]))), CHECKSTYLE)).toEqual([]);
  });

  test('a file has its findings', () => {
    const files = readXml(checkstyleText(REPORT)).children;
    expect(files.map(({ attributes, children }) => [attributes['name'], children.length])).toEqual([
      ['apps/blog.yaml', 1],
      ['apps/clean.yaml', 0],
      ['apps/shop.yaml', 2],
      ['ingress2nginx', 1],
    ]);
    expect(files[2]?.children[1]?.attributes).toEqual({
      line: '3',
      column: '5',
      severity: 'error',
      message: 'Ingress shop/web: it is refused; help: remove it',
      source: 'ingress2nginx.I2N299.sample-rule',
    });
  });

  test('a file that was not read, but has a finding, is there', () => {
    const text = checkstyleText(reportWith([foundAt(placeOf('secret.yaml', 1), 'm')], { files: [] }));
    expect(readXml(text).children.map(({ attributes }) => attributes['name'])).toEqual(['secret.yaml']);
  });
});

describe('markdown', () => {
  test('is a table, errors first, with a link for each rule', () => {
    expect(findingsMarkdown(reportWith([WARNING, ERROR]))).toBe(`**ingress2nginx lint**: 1 error, 1 warning in 1 Ingress

| severity | place | rule | message |
| --- | --- | --- | --- |
| error | apps/shop.yaml:3:5 | [I2N299 sample-rule](https://github.com/ingress2nginx/ingress2nginx/blob/main/docs/rules/sample-rule.md) | Ingress shop/web: it is refused<br>help: remove it |
| warning | apps/shop.yaml:7:5 | [I2N299 sample-rule](https://github.com/ingress2nginx/ingress2nginx/blob/main/docs/rules/sample-rule.md) | Ingress shop/web: it does nothing |
`);
  });

  test('says so if there is nothing', () => {
    expect(findingsMarkdown(reportWith([]))).toBe('**ingress2nginx lint**: no findings in 1 Ingress\n');
  });

  test('fits a comment of GitHub, however much there is', () => {
    const many = Array.from({ length: 2_000 }, (_, line) => foundAt(placeOf('a.yaml', line + 1), '|'.repeat(300)));
    const text = findingsMarkdown(reportWith([...many, ERROR]));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('it is refused');
    expect(text).toMatch(/… and [\d]+ more findings: `--format json` has all of them\.\n$/);
  });

  test.each([
    ['a link', '[click](https://evil.example)'],
    ['a picture', '![x](https://evil.example/x.png)'],
    ['an address', 'https://evil.example www.evil.example'],
    ['a mention', '@team'],
    ['a reference', '#1'],
    ['an element', '<img src=x onerror=alert(1)>'],
    ['a comment', '<!-- hidden -->'],
    ['a cell', 'a | b'],
    ['code', '`a`'],
    ['emphasis', '**a** __b__ ~~c~~'],
    ['an entity', '&lt;'],
    ['a line', 'a\n\n# b'],
  ])('%s of a manifest is shown as it is written', (_, message) => {
    const text = findingsMarkdown(reportWith([foundAt(undefined, message)]));
    const cell = text.split('\n')[4]?.split(' | ')[3]?.replace(/ \|$/, '') ?? '';
    expect(cell).not.toMatch(/[<>[\]`*_~@|!]|#(?!\d+;)|&(?!#\d+;)|:\S|www\./);
    const shown = cell.replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)));
    expect(shown).toBe(message.replaceAll('\n', String.raw`\n`));
  });
});

test('what Helm made names its template', () => {
  const report = reportWith([foundAt(placeOf('<stdin>', 3, { template: 'shop/templates/web.yaml' }), 'm')]);
  const name = '(shop/templates/web.yaml)';
  for (const format of [githubText, gitlabText, junitText, checkstyleText, sarifText])
    expect(format(report)).toContain(name);
  expect(findingsMarkdown(report)).toContain(':3:5 &#40;shop/templates/web.yaml&#41; |');
});

describe('text of strangers', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom(
        ...Array.from('\u0000\u001b\u009b\n\r\t\u2028\ufffe\uffff\u202e<>&"\'%:,|]`#@'),
        '\ud800',
        '\udc00',
      ),
      maxLength: 30,
    }),
  );

  test('never reaches a terminal or a program otherwise than as text', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        const rule = RULE;
        const at = placeOf(one, 1, { template: other });
        const found = foundAt(at, one, { rule, help: other, related: [{ message: other, at }], severity: 'error' });
        const report = reportWith([found], { suppressed: [{ found, kind: 'external', reason: one }] });
        for (const format of [githubText, gitlabText, junitText, checkstyleText, findingsMarkdown]) {
          // Nothing but line ends is obeyed.
          expect(format(report)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
        expect(
          faultsOf(readXml(junitText(report)), JUNIT).filter(fault => !fault.includes('name of <testsuite>')),
        ).toEqual([]);
        expect(
          faultsOf(readXml(checkstyleText(report)), CHECKSTYLE).filter(fault => !fault.startsWith('name of')),
        ).toEqual([]);
        expect(githubText(report).split('\n')).toHaveLength(2);
      }),
    );
  });
});
