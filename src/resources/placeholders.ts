import type { PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import { childOf } from './plain.ts';
import { unfilledPlaceholder } from './rules/placeholders.ts';
import type { Problem, Subject } from './subject.ts';

/**
 * `{{ … }}`, `{% … %}` and `<%= … %>` of templates, and what envsubst, Kustomize's predecessors and sed replace.
 * Only for values that are refused: in others, some of these may be meant as they are. Nobody writes longer ones, and
 * without a bound each of many beginnings would be followed to the end of the text.
 */
const PLACEHOLDER =
  /\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|<%.{0,500}?%>|\$\{[A-Za-z_][^}]{0,500}\}|\$\([A-Za-z_]\w*\)|\$[A-Z_][A-Z0-9_]*\b|@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z0-9_]*%|__[A-Z][A-Z0-9_]*?__|<[A-Za-z][\w-]*>/;

/** What stands for nothing else even where any text is taken: variables of nginx are lower case. */
const UNMISTAKABLE = /\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|<%=.{0,500}?%>|\$\{[A-Z_][A-Z0-9_]*(?:[:=?+-][^}]{0,500})?\}/;

/** The placeholder in a text that is taken as it is; undefined where there is none. */
export function placeholderIn(text: string): string | undefined {
  return /[{<]/.test(text) ? UNMISTAKABLE.exec(text)?.[0] : undefined;
}

/** A problem of a value that has a placeholder in it, to be gathered with all others of the object. */
export function unfilled(path: Problem['path']): Problem {
  return { rule: unfilledPlaceholder, message: 'a placeholder is not filled in', path };
}

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
      const found = placeholderOf(problem, subject);
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
      const filling = fillingOf([...names]);
      const it = names.size === 1 ? 'it' : 'them';
      const help = `fill ${it} in first${filling === undefined ? '' : `, for example: ${filling} | ingress2nginx render -`}`;
      const message = `${verb} not filled in: ${list}`;
      return { rule: unfilledPlaceholder, message, help, path, ...(part === undefined ? {} : { part }) };
    },
  };
}

function placeholderOf(problem: Problem, { value, document }: Pick<Subject, 'value' | 'document'>): string | undefined {
  const found = PLACEHOLDER.exec(refusedText(problem, value))?.[0];
  if (found !== undefined || document.source.isFromRepository !== true) return found;
  const { path, part } = problem;
  if (path.length === 0) return undefined;
  if (document.kind === 'Secret' && path[0] !== 'metadata' && part !== 'key') {
    // What a Secret holds is shown nowhere, not even this.
    return MADE_UP.test(textAt(value, path)) ? HIDDEN : undefined;
  }
  const text = part === 'key' ? String(path.at(-1)) : textAt(value, path);
  return TO_REPLACE.exec(text)?.[0] ?? (TEMPLATE_FILE.test(document.source.name) && text !== '' ? text : undefined);
}

/** What scripts and people of a repository replace, and nobody else takes for a placeholder. */
const TO_REPLACE = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|^[A-Z][A-Z0-9]{3,}$|\[[A-Za-z][^\]]{0,500}\]|<[^<>]+>/;

/** Files that are called templates. */
const TEMPLATE_FILE = /(?:^|[-_./])te?m?pl(?:ate)?s?\.[^/]*$/i;

/** Text in the place of data in a Secret that is to be filled in. */
const MADE_UP = /\.{3}|[<>{}$[\]]|base64|replace|change[-_ ]?me|\byour|todo|placeholder|x{4}|insert|\bsecret\b/i;
const HIDDEN = '…';

function textAt(root: PlainValue, path: Problem['path']): string {
  const value = path.reduce<PlainValue | undefined>((parent, step) => childOf(parent, step), root);
  return typeof value === 'string' ? value : '';
}

/** The command that usually fills in such placeholders, where there is one. */
function fillingOf(names: readonly string[]): string | undefined {
  if (names.some(name => name.startsWith('{{'))) return 'helm template CHART';
  return names.some(name => name.startsWith('$')) ? 'envsubst < FILE' : undefined;
}

/** The text that a problem is about. That of a Secret is shown nowhere. */
function refusedText({ path, part }: Problem, root: PlainValue): string {
  if (isRecord(root) && root['kind'] === 'Secret' && path[0] !== 'metadata') return '';
  return part === 'key' ? String(path.at(-1)) : textAt(root, path);
}
