import { bytesOf } from '../../../routing/bytes.ts';
import { compilePcre } from '../../../routing/pcre-match.ts';
import type { Blocked } from '../../../routing/policies/blocked.ts';
import type { TextTest } from '../../../routing/text-test.ts';
import { askerNamed, askerText } from '../asking.ts';
import type { AtServer, Effect, Explainer } from '../explainer.ts';
import { headerOf } from '../request-headers.ts';

export const explainBlocked: Explainer<Blocked> = {
  phase: 'server',
  explain({ asks: { userAgents, referers, isEverybody }, from }, at) {
    const agents = askerText(askerNamed(from, /agent/));
    const sites = askerText(askerNamed(from, /referer/));
    const all = isEverybody ? [refusal(`${askerText(from[0])} could not be read: nobody gets in`)] : [];
    return [
      ...refused({ header: 'User-Agent', tests: userAgents, asker: agents }, at),
      ...refused({ header: 'Referer', tests: referers, asker: sites }, at),
      ...all,
    ].slice(0, 1);
  },
};

interface List {
  readonly header: string;
  readonly tests: readonly TextTest[];
  readonly asker: string;
}

function refused({ header, tests, asker }: List, { request, routing }: AtServer): readonly Effect[] {
  const value = headerOf(header, request, routing) ?? '';
  const found = tests.map(test => ({ test, fits: fits(test, value) })).find(each => each.fits !== false);
  if (found === undefined) return [];
  const shown = found.test.kind === 'text' ? found.test.text : found.test.regex;
  if (found.fits === 'unclear') {
    const text = `whether ${header} "${value}" fits ${shown} of ${asker} is left to nginx`;
    return [{ name: 'blocked', verdict: 'assumed', text, unclear: text }];
  }
  return [refusal(`${header} "${value}" fits "${shown}" of ${asker}`, [`Take "${shown}" out of ${asker}`])];
}

/** Whether a value is what a test asks for, as a map of nginx finds it. */
function fits(test: TextTest, value: string): boolean | 'unclear' {
  if (test.kind === 'text') return test.text.toLowerCase() === value.toLowerCase();
  const found = compilePcre(test.regex, { isCaseless: !test.isCaseSensitive }).match(bytesOf(value));
  return found === 'unclear' ? 'unclear' : found !== undefined;
}

function refusal(reason: string, advice: readonly string[] = []): Effect {
  return { name: 'blocked', verdict: 'answered', text: reason, answer: { status: 403, reason }, advice };
}
