import type { PlainValue } from '../manifests/document.ts';
import { childOf, isPlainObject } from './plain.ts';
import { unfilledPlaceholder } from './unprocessed-rules.ts';
import type { Problem, Subject } from './subject.ts';

/** `{{ … }}` of templates, and what envsubst and Kustomize's predecessors replace. */
const PLACEHOLDER = /\{\{.*?\}\}|\$\{[A-Za-z_][^}]*\}|\$\([A-Za-z_]\w*\)|\$[A-Z_][A-Z0-9_]*\b/;

/** Gathers the values of an object that are refused because a placeholder in them was not filled in. */
export interface Placeholders {
  /** Whether the problem is one of a placeholder; it is then said with all others of the object. */
  readonly take: (problem: Problem) => boolean;
  /** Undefined where there is none. */
  readonly problem: () => Problem | undefined;
}

export function gatherPlaceholders(subject: Pick<Subject, 'value' | 'document'>): Placeholders {
  const names = new Set<string>();
  let first: Problem | undefined;
  return {
    take(problem) {
      if (problem.rule.severity !== 'error') return false;
      const found = PLACEHOLDER.exec(refusedText(problem, subject.value))?.[0];
      if (found === undefined) return false;
      names.add(found);
      first ??= problem;
      return true;
    },
    problem() {
      if (first === undefined) return undefined;
      const { path, part } = first;
      const list = [...names].map(name => `"${name}"`).join(', ');
      const verb = names.size === 1 ? 'a placeholder is' : 'placeholders are';
      const isTemplate = [...names].some(name => name.startsWith('{{'));
      const filling = isTemplate ? 'helm template CHART' : 'envsubst < FILE';
      const help = `fill ${names.size === 1 ? 'it' : 'them'} in first, for example: ${filling} | ingress2nginx render -`;
      const message = `${verb} not filled in: ${list}`;
      return { rule: unfilledPlaceholder, message, help, path, ...(part === undefined ? {} : { part }) };
    },
  };
}

/** The text that a problem is about. That of a Secret is shown nowhere. */
function refusedText({ path, part }: Problem, root: PlainValue): string {
  if (isPlainObject(root) && root['kind'] === 'Secret' && path[0] !== 'metadata') return '';
  if (part === 'key') return String(path.at(-1));
  const value = path.reduce<PlainValue | undefined>((parent, step) => childOf(parent, step), root);
  return typeof value === 'string' ? value : '';
}
