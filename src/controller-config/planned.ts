import type { PlannedOption } from '../options/option.ts';

/** Options of the controller that are not built yet; each that is written gives a warning. */
export const plannedOptions: Readonly<Record<string, PlannedOption>> = {
  'global-auth-snippet': { summary: 'Adds nginx directives to the locations that ask the global auth service.' },
};

/**
 * The planned options that keep someone out. To serve without them would open a door, so that one of these in a
 * ConfigMap deserves an error where the others give a warning.
 */
export const guardingOptions: ReadonlySet<string> = new Set(['global-auth-url']);
