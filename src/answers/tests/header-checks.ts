import type { Explanation, SentHeader, SetHeader } from '../explain/model.ts';
import type { Check } from './checks.ts';
import type { ExpectedHeader } from './model.ts';
import { choicesOf, outcomeText } from './said.ts';

/** The value of a header: a text, nothing, or one that only nginx knows. */
type HeaderValue = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' | 'unknown' };

/** Headers that the backend gets: those that the routing sets, else those that the client sends. */
export function headerChecks(expected: readonly ExpectedHeader[], explanation: Explanation): readonly Check[] {
  const choices = choicesOf(explanation);
  const sent = explanation.request.headers;
  return expected.map(header => {
    const values = choices.map(choice => valueIn(header.name, choice.headers, sent));
    const check = checkOf('headers', header, values);
    return choices.length === 0
      ? { ...check, got: outcomeText(explanation), aspect: 'answer' }
      : { ...check, aspect: 'headers' };
  });
}

/** Headers that nginx puts into the response, whoever answers. */
export function responseChecks(expected: readonly ExpectedHeader[], explanation: Explanation): readonly Check[] {
  return expected.map(header => ({
    ...checkOf('responseHeaders', header, [valueIn(header.name, explanation.responseHeaders, [])]),
    aspect: 'response',
  }));
}

function checkOf(
  field: string,
  { name, value }: ExpectedHeader,
  values: readonly HeaderValue[],
): Omit<Check, 'aspect'> {
  const fitting = values.map(each => (value === undefined ? each.kind === 'absent' : isText(each, value)));
  const holds = !fitting.includes(true) ? 'never' : fitting.includes(false) ? 'sometimes' : 'always';
  return {
    field: `${field}.${name}`,
    expected: value === undefined ? 'no such header' : JSON.stringify(value),
    got: [...new Set(values.map(textOf))].join(', '),
    holds,
  };
}

function isText(value: HeaderValue, text: string): boolean {
  return value.kind === 'text' && value.text === text;
}

function textOf(value: HeaderValue): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
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
