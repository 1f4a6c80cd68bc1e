import type { Report } from '../diagnostics/diagnostic.ts';
import { below } from '../diagnostics/place.ts';
import type { Ingress, IngressRule } from '../resources/model.ts';
import { pathlessHost, splitRule } from './rules/rule-shapes.ts';

/** Finds rules of an Ingress that are not what their author took them for. */
export function reportRuleShapes(
  { rules, defaultBackend, annotations, annotationsPrefix }: Ingress,
  report: Report,
): void {
  if (defaultBackend !== undefined || !rules.some(isBare)) return;
  // Some of them answer by themselves.
  const hasAnnotations = Object.keys(annotations).some(name => name.startsWith(annotationsPrefix));
  const served = new Set(rules.filter(hasPaths).map(({ host }) => host));
  const halves = new Set<IngressRule>();
  for (const [index, rule] of rules.entries()) {
    if (!isBare(rule)) continue;
    const other = [rules[index + 1], rules[index - 1]].find(each => each?.host === '' && hasPaths(each));
    if (other !== undefined && !halves.has(other)) {
      halves.add(other);
      reportSplit(rule, other, report);
    } else if (!hasAnnotations && !served.has(rule.host)) reportPathless(rule, report);
  }
}

/** Whether a rule has a host and no `http`. */
function isBare({ host, paths }: IngressRule): boolean {
  return host !== '' && paths === undefined;
}

function hasPaths({ paths = [] }: IngressRule): boolean {
  return paths.length > 0;
}

/** A dash too many makes two rules of one. */
function reportSplit({ host, at }: IngressRule, other: IngressRule, report: Report): void {
  report({
    rule: splitRule,
    message: `the rule for ${host} has no paths, and the one beside it has paths and no host: they serve every other host, and ${host} gets 404`,
    help: 'write `host` and `http` in one rule: one "-" for both',
    at: below(at, 'host'),
    related: [{ message: 'the paths are here', at: other.at }],
  });
}

function reportPathless({ host, at }: IngressRule, report: Report): void {
  report({
    rule: pathlessHost,
    message: `the rule for ${host} has no paths, and the Ingress no defaultBackend: its requests get the 404 page of the controller`,
    help: 'add `http.paths`, or remove the rule',
    at: below(at, 'host'),
  });
}
