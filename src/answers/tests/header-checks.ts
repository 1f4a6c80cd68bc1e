import type { Explanation, SentHeader, SetHeader } from '../explain/model.ts';
import type { Check } from './checks.ts';
import type { Fit } from './holds.ts';
import { among, fits } from './holds.ts';
import type { ExpectedHeader } from './model.ts';
import { choicesOf, outcomeText } from './said.ts';
import { isSecretHeader } from '../../routing/secret-headers.ts';
import { holdsSecret } from '../explain/sent-secrets.ts';

/** The value of a header: a text, nothing, or one that only nginx knows. */
export type HeaderValue = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' | 'unknown' };

/** Headers that the backend gets: those that the routing sets, else those that the client sends. */
export function headerChecks(expected: readonly ExpectedHeader[], explanation: Explanation): readonly Check[] {
  const choices = choicesOf(explanation);
  const sent = explanation.request.headers;
  return expected.map(header => {
    const values = choices.map(choice => valueIn(header.name, choice.headers, sent));
    const check = checkOf('headers', { header, values }, sent);
    return choices.length === 0
      ? { ...check, got: outcomeText(explanation), aspect: 'answer' }
      : { ...check, aspect: 'headers' };
  });
}

/** Headers that nginx puts into the response, whoever answers. */
export function responseChecks(
  expected: readonly ExpectedHeader[],
  { responseHeaders, request }: Explanation,
): readonly Check[] {
  return expected.map(header => {
    const values = [valueIn(header.name, responseHeaders, [])];
    return { ...checkOf('responseHeaders', { header, values }, request.headers), aspect: 'response' };
  });
}

interface Comparison {
  readonly header: ExpectedHeader;
  readonly values: readonly HeaderValue[];
}

/** What may let somebody in is not shown. */
export function checkOf(
  field: string,
  { header: { name, value }, values }: Comparison,
  sent: readonly SentHeader[],
): Omit<Check, 'aspect'> {
  const shown = (text: string, other: string): string =>
    isSecretHeader(name) || holdsSecret(text, sent) ? other : JSON.stringify(text);
  return {
    field: `${field}.${name}`,
    expected: value === undefined ? 'no such header' : shown(value, 'the value of the test (not shown)'),
    got: [...new Set(values.map(each => textOf(each, text => shown(text, OTHER_VALUE))))].join(', '),
    holds: among(values.map(each => fitOf(each, value))),
  };
}

const OTHER_VALUE = 'a value that is not shown';

/** What only nginx knows may be empty, and is not sent then. */
function fitOf(value: HeaderValue, expected: string | undefined): Fit {
  if (value.kind === 'unknown') return 'unknown';
  return fits(value.kind === 'text' ? value.text === expected : expected === undefined);
}

function textOf(value: HeaderValue, shown: (text: string) => string): string {
  switch (value.kind) {
    case 'text':
      return shown(value.text);
    case 'absent':
      return 'no such header';
    case 'unknown':
      return 'a value that only nginx knows';
  }
}

function valueIn(name: string, set: readonly SetHeader[], sent: readonly SentHeader[]): HeaderValue {
  const isNamed = (header: SetHeader): boolean => header.name.toLowerCase() === name.toLowerCase();
  const found = set.findLast(isNamed) ?? sent.find(isNamed);
  if (found === undefined || found.value === '') return { kind: 'absent' };
  return found.value === undefined ? { kind: 'unknown' } : { kind: 'text', text: found.value };
}
