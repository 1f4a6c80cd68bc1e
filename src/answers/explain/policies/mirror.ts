import type { Mirror } from '../../../routing/policies/mirror.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';
import { textOfParts } from '../variables.ts';

export const explainMirror: Explainer<Mirror> = {
  phase: 'rewrite',
  explain({ asks: { host, uri, hasBody }, from }, at) {
    const body = hasBody ? '' : ', without its body';
    const to = `${textOfParts(host, at)}${textOfParts(uri, at)}`;
    const text = `a copy of the request goes to ${to}${body}; nobody waits for its answer (${askerText(from[0])})`;
    return [{ name: 'mirror', verdict: 'passed', text }];
  },
};
