import type { Parsed, ValueType } from '../options/value-type.ts';
import { text } from '../options/value-type.ts';
import type { RedirectCode } from '../routing/model.ts';

const CODES: ReadonlySet<number> = new Set<RedirectCode>([300, 301, 302, 303, 304, 305, 306, 307, 308]);
const WITH_LOCATION: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** No dollar, so that nothing in it is a variable. Source: parser/validators.go, URLIsValidRegex. */
export const redirectUrl: ValueType<string> = text(
  /^[-._~a-zA-Z0-9/:,?&=]*$/,
  'letters, digits and - . _ ~ / : , ? & =',
);

/** Any whole number: one that is no status of a redirect stands for the usual one in the controller. */
export const redirectCode: ValueType<number> = {
  name: 'status of a redirect',
  schema: { pattern: '^[+-]?[0-9]+$' },
  parse(value): Parsed<number> {
    if (/^[+-]?\d{1,15}$/.test(value)) return { ok: true, value: Number(value) };
    return { ok: false, problem: 'is not a whole number', help: 'write "301", "302", "303", "307" or "308"' };
  },
};

export function isRedirectCode(code: number): code is RedirectCode {
  return CODES.has(code);
}

/** Whether nginx answers this status with a `Location`. */
export function sendsLocation(code: RedirectCode): boolean {
  return WITH_LOCATION.has(code);
}

/** What is wrong with the URL of a temporary redirect, of which the controller looks at scheme and port. */
export function urlProblem(url: string): string | undefined {
  if (!/^http[a-z0-9+.-]*:/i.test(url)) return 'is not a URL of http or https';
  const port = /^[^:]*:\/\/[^/?]*?:([^/?]*)/.exec(url)?.[1];
  return port === undefined || /^\d*$/.test(port) ? undefined : 'has a port that is no number';
}

/** What looks like the host of a URL that has no scheme; undefined for a URL, and for a path. */
export function hostWithoutScheme(url: string): string | undefined {
  return /^((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?)(?:[/?]|$)/i.exec(url)?.[1];
}
