import type { Located } from '../diagnostics/located.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { LintReport, Suppressed } from './lint-report.ts';
import { visibleJsonLine } from './plain-text.ts';
import { ruleUrl, severityInLint } from './rule-page.ts';
import { levelOf, resultOf } from './sarif-result.ts';
import type { SarifContext } from './sarif-result.ts';
import { uriMaker } from './sarif-uri.ts';

/**
 * SARIF 2.1.0, for GitHub code scanning, Azure DevOps and editors: one run, and one line for each result, since some
 * reports have ten thousands. Holds no time, so equal input gives equal bytes.
 */
export function sarifText(report: LintReport): string {
  const { findings, suppressed, version } = report;
  const rules = rulesOf(findings, suppressed);
  const context: SarifContext = {
    report,
    uriOf: uriMaker(report.pathOf),
    indexOf: new Map(rules.map((rule, index) => [rule.id, index])),
    // Either all results of a run say whether they are suppressed, or none does.
    hasSuppressed: suppressed.length > 0,
  };
  const results = [
    ...findings.map(found => resultOf(found, context)),
    ...suppressed.map(({ found, ...by }) => resultOf(found, context, by)),
  ].map(visibleJsonLine);
  const driver = {
    name: 'ingress2nginx',
    version,
    informationUri: 'https://github.com/ingress2nginx/ingress2nginx',
    rules: rules.map(descriptorOf),
  };
  const head = visibleJsonLine({
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'the root of the repository' } } },
    invocations: [{ executionSuccessful: report.problem === undefined }],
  }).slice(0, -1);
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `{"$schema":"${schema}","version":"2.1.0","runs":[\n${head},"results":[\n${results.join(',\n')}\n]}\n]}\n`;
}

/** Those that have a result, by id. */
function rulesOf(findings: readonly Located[], suppressed: readonly Suppressed[]): readonly Rule[] {
  const rules = new Map<string, Rule>();
  for (const { rule } of findings) rules.set(rule.id, rule);
  for (const { found } of suppressed) rules.set(found.rule.id, found.rule);
  return [...rules.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** How GitHub names severities of rules that are not about security. */
const PROBLEM_SEVERITIES = { error: 'error', warning: 'warning', info: 'recommendation' } as const;

function descriptorOf(rule: Rule) {
  const { id, name, summary, why } = rule;
  const severity = severityInLint(rule);
  const url = ruleUrl(rule);
  return {
    id,
    name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${summary}\n\n${why}\n\n${url}`, markdown: `${summary}\n\n${why}\n\n[${id} ${name}](${url})` },
    helpUri: url,
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: ['kubernetes', 'ingress', ...(id.startsWith('I2N5') ? ['security'] : [])],
      'problem.severity': PROBLEM_SEVERITIES[severity],
    },
  };
}
