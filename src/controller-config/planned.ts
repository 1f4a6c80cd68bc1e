import type { PlannedOption } from '../options/option.ts';

/** Options of the controller that are not built yet; each that is written gives a warning. */
export const plannedOptions: Readonly<Record<string, PlannedOption>> = {
  'annotation-value-word-blocklist': { summary: 'Words that make an Ingress refused when an annotation contains one.' },
  'global-auth-snippet': { summary: 'Adds nginx directives to the locations that ask the global auth service.' },
  'stream-snippet': { summary: 'Adds nginx directives to the stream block.' },
  'strict-validate-path-type': { summary: 'Whether Exact and Prefix paths may have plain characters only.' },
};

/**
 * The planned options that keep someone out. To serve without them would open a door, so that one of these in a
 * ConfigMap deserves an error where the others give a warning.
 */
export const guardingOptions: ReadonlySet<string> = new Set(['global-auth-url']);
