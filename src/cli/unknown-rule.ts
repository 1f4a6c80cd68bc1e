import type { UnknownRule } from '../findings/named-rules.ts';

export function unknownRuleText({ name, near }: UnknownRule): string {
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return `there is no rule ${JSON.stringify(name)}${meant} ("ingress2nginx lint --list-rules" lists all)`;
}
