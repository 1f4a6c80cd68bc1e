import type { ValueType } from '../options/value-type.ts';
import { integer, listOf } from '../options/value-type.ts';

/** What nginx keeps for itself: the client has gone, so that nobody would see an answer. */
const CLIENT_GONE = 499;

/** nginx refuses one that is not between 300 and 599, and with it the whole configuration. */
function statusIn(range: { readonly min: number; readonly max: number }): ValueType<number> {
  const any = integer(range);
  return {
    ...any,
    name: 'HTTP status',
    parse(value) {
      const read = any.parse(value);
      if (!read.ok || read.value !== CLIENT_GONE) return read;
      return { ok: false, problem: 'is no status of a response', help: `remove ${CLIENT_GONE}` };
    },
  };
}

/**
 * What the controller does not drop an Ingress for, be it a status or not: blanks do not count there.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/customhttperrors/main.go, arrayOfHTTPErrors.
 */
export const LOOKS_LIKE_STATUSES = /^(?:[45,]\d{2},?)*$/;

function inOrder(statuses: readonly number[]): readonly number[] {
  return [...new Set(statuses)].toSorted((a, b) => a - b);
}

/** Statuses between commas; one that is wrong makes all of them wrong. */
export const statusesOfAnnotation: ValueType<readonly number[]> = {
  ...listOf(statusIn({ min: 400, max: 599 })),
  parse(value) {
    const read = listOf(statusIn({ min: 400, max: 599 })).parse(value);
    return read.ok ? { ok: true, value: inOrder(read.value) } : read;
  },
};

/**
 * The same in the option, where the others count.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/configmap.go, filterErrors.
 */
export const statusesOfOption: ValueType<readonly number[]> = {
  ...statusesOfAnnotation,
  parse(value) {
    const one = listOf(statusIn({ min: 300, max: 599 }));
    const read = value.split(',').map(word => one.parse(word));
    const rest = inOrder(read.flatMap(each => (each.ok ? each.value : [])));
    const wrong = read.find(each => !each.ok);
    if (wrong === undefined) return { ok: true, value: rest };
    return { ...wrong, problem: `${wrong.problem}; it is left out`, rest };
  },
};
