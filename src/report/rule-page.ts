import type { Rule, Severity } from '../diagnostics/rule.ts';

const PROJECT = 'https://github.com/ingress2nginx/ingress2nginx';

/** Where everybody can read what a rule is about; the same page is in the package. */
export function ruleUrl({ name }: Pick<Rule, 'name'>): string {
  return `${PROJECT}/blob/main/${rulePath(name)}`;
}

/** The page of a rule, from the folder of the package. */
export function rulePath(name: string): string {
  return `docs/rules/${name}.md`;
}

/** What `lint` makes of a rule unless somebody says otherwise. */
export function severityInLint({ severity, lintSeverity = severity }: Rule): Severity {
  return lintSeverity;
}
