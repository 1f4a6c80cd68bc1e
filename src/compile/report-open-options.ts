import { isOfEverybody, SHARED_HELP } from '../annotations/external-auth-cache.ts';
import { authOfNoPath, sharedAuthAnswers } from '../annotations/rules/external-auth.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { ControllerConfig } from '../options/config.ts';

const EXEMPT = 'no-auth-locations';
const KEY = 'global-auth-cache-key';

/** Says which options open what other ones guard. */
export function reportOpenOptions(
  values: ControllerConfig['values'],
  placeOf: (name: string) => FieldRef | undefined,
  report: Report,
): void {
  const exempt = placeOf(EXEMPT);
  const paths = values[EXEMPT];
  if (exempt !== undefined && Array.isArray(paths) && paths.includes('/')) {
    const message = `${EXEMPT}: "/" frees every path: no Ingress asks who a client is`;
    report({
      rule: authOfNoPath,
      message,
      help: 'name the paths that need no password, such as "/public"',
      at: exempt,
    });
  }
  const at = placeOf(KEY);
  const key = values[KEY];
  if (at !== undefined && typeof key === 'string' && values['global-auth-url'] !== '' && isOfEverybody(key)) {
    const message = `${KEY}: "${key}" is the same for every client: whoever comes first is let in for all`;
    report({ rule: sharedAuthAnswers, message, help: SHARED_HELP, at });
  }
}
