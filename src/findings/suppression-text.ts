import type { Comment } from '../manifests/comments.ts';

/** What somebody does not want to hear, and why. */
export interface SuppressionText {
  /** Ids and names of rules, as they are written. */
  readonly rules: readonly string[];
  /** What stands behind `--`. */
  readonly reason: string | undefined;
}

/** Where a comment holds. */
export type CommentScope = 'next-line' | 'line' | 'file';

export type ReadComment =
  | ({ readonly kind: 'suppression'; readonly word: string; readonly scope: CommentScope } & SuppressionText)
  /** It is meant to be one, and nobody knows which: `word` is no directive. */
  | { readonly kind: 'unknown'; readonly word: string };

const SCOPES: ReadonlyMap<string, CommentScope> = new Map([
  ['ingress2nginx-disable-next-line', 'next-line'],
  ['ingress2nginx-disable-line', 'line'],
  ['ingress2nginx-disable-file', 'file'],
]);

/** How comments may begin. */
export const DIRECTIVES: readonly string[] = [...SCOPES.keys()];

/** Reads `ingress2nginx-disable-line I2N203, other -- reason`. */
export function readComment({ text }: Pick<Comment, 'text'>): ReadComment {
  const word = /^[^\s:,]*/.exec(text)?.[0] ?? '';
  const scope = SCOPES.get(word);
  if (scope === undefined) return { kind: 'unknown', word };
  return { kind: 'suppression', word, scope, ...readRules(text.slice(word.length)) };
}

/** What some write before a reason; it stands among the names then, without what follows it. */
export const DASH = '-';

/** Reads `I2N203, other -- reason`. */
export function readRules(text: string): SuppressionText {
  const [, listed = '', reason = ''] = /^(.*?)(?:(?:^|\s)--(?:\s(.*))?)?$/s.exec(text) ?? [];
  const rules = listed.split(/[\s,:]+/).filter(rule => rule !== '');
  const dash = rules.indexOf(DASH);
  return {
    rules: [...new Set(dash === -1 ? rules : rules.slice(0, dash + 1))],
    reason: reason.trim() === '' ? undefined : reason.trim(),
  };
}
