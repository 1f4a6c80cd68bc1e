import { modeOfGlobalAuth, takeSnippet } from '../annotations/snippets.ts';
import { optionSnippetNotAllowed } from '../annotations/rules/snippets.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig, SnippetMode } from '../options/config.ts';
import type { SnippetPlace } from '../snippets/directives.ts';

const GLOBAL_AUTH = 'global-auth-snippet';

/** The snippets of the ConfigMap, and where each stands. */
const PLACES: Readonly<Record<string, SnippetPlace>> = {
  'main-snippet': 'main',
  'http-snippet': 'http',
  'server-snippet': 'server',
  'location-snippet': 'location',
  'stream-snippet': 'stream',
  [GLOBAL_AUTH]: 'auth',
};

/**
 * Says what is wrong with the snippets of the ConfigMap, once; whoever reads them later takes what can be taken.
 *
 * @param mode which snippets are taken
 */
export function reportSnippetOptions(
  values: ControllerConfig['values'],
  written: ControllerConfig['written'],
  mode: SnippetMode,
  report: Report,
): void {
  for (const [name, place] of Object.entries(PLACES)) {
    const text = values[name];
    const at = written.get(name)?.field;
    if (typeof text !== 'string' || text.trim() === '' || at === undefined) continue;
    const isOfAuth = name === GLOBAL_AUTH;
    const lost = isOfAuth ? 'nobody gets in' : 'all hosts would be served without it';
    const snippet = { name, text, place, at, lost, owner: 'the ConfigMap' };
    takeSnippet(snippet, isOfAuth ? modeOfGlobalAuth(mode) : mode, report, optionSnippetNotAllowed);
  }
}
