import type { Rule } from '../diagnostics/rule.ts';

/** Stands for the name of the other annotation in what is said. */
export const OTHER = 'OTHER';
export const MISSING = '';

/** What an Ingress and the options say. */
export interface Said {
  /** Empty where there is none. */
  readonly text: (name: string) => string;
  readonly isOn: (name: string) => boolean;
  readonly isOff: (name: string) => boolean;
  readonly option: (name: string) => unknown;
  readonly paths: readonly string[];
  /** Of all rules; empty for one without a host. */
  readonly hosts: readonly string[];
  /** Whether snippets of annotations are taken at all. */
  readonly takesSnippets: boolean;
}

export interface Contradiction {
  readonly rule: Rule;
  /** The other annotation, MISSING where it is one that is not there; undefined where there is no contradiction. */
  readonly beside: (said: Said) => string | undefined;
  /** The rest of a sentence that begins with the annotation. OTHER stands for the other one. */
  readonly says: string;
  readonly help: string;
}
