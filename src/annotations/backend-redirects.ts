import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { stripped, text, trimmed } from '../options/value-type.ts';
import type { BackendRedirects } from '../routing/policies/backend-redirects.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { problemOfPattern, replacementText } from './replacement.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';

const FROM = 'proxy-redirect-from';
const TO = 'proxy-redirect-to';

const word = text(/^[-._~a-zA-Z0-9/:,?&=]+$/, 'letters, digits and - . _ ~ / : , ? & =');

const fromType: ValueType<string> = {
  ...word,
  parse(value) {
    const problem = problemOfPattern(value);
    return problem === undefined ? word.parse(value) : { ok: false, problem, help: 'write the begin of a URL' };
  },
};

const from = {
  default: 'off',
  example: 'http://inner.example.com/',
  summary: 'The begin of a URL in Location and Refresh headers of the backend that is replaced.',
  becomes: 'proxy_redirect',
} as const;
const to = {
  default: 'off',
  example: 'https://shop.example.com/',
  summary: 'What replaces `proxy-redirect-from`.',
  becomes: 'proxy_redirect',
} as const;

/**
 * What `default` replaces in nginx begins with the name of the upstream, which no backend knows, so that it comes to
 * `off`. Where the controller writes nothing, nginx takes it for `default`, too.
 */
function redirectsOf(values: Readonly<Record<typeof FROM | typeof TO, string>>): BackendRedirects {
  const isOff = values[FROM] === 'off' || values[FROM] === 'default' || values[TO] === 'off';
  return { url: isOff ? 'off' : { from: values[FROM], to: values[TO] } };
}

/** Says that one of the two alone does nothing. */
function reportLone(values: Parameters<typeof redirectsOf>[0], { report, written, refused }: Context): void {
  for (const [name, other] of [
    [FROM, TO],
    [TO, FROM],
  ] as const) {
    const at = written(name);
    const isIdle = values[other] === 'off' && values[name] !== 'off' && values[name] !== 'default';
    if (at === undefined || !isIdle || refused.has(other) || refused.has(name)) continue;
    const message = `${name} has no effect without ${other}`;
    report({ rule: annotationWithoutEffect, message, help: `add ${other}, or remove ${name}`, at });
  }
}

type Context = Omit<ReadContext<unknown>, 'options'>;

/**
 * What is changed in the redirects of backends.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/proxy/main.go and rootfs/etc/nginx/template/nginx.tmpl.
 */
export const backendRedirects = defineFamily({
  name: 'backendRedirects',
  annotations: {
    [FROM]: { ...from, type: trimmed(fromType), defaultFrom: FROM } satisfies OptionSpec<string>,
    [TO]: { ...to, type: trimmed(word), defaultFrom: TO } satisfies OptionSpec<string>,
  },
  options: {
    [FROM]: { ...from, type: stripped(fromType) } satisfies OptionSpec<string>,
    [TO]: { ...to, type: stripped(word) } satisfies OptionSpec<string>,
  },
  read(values, context): BackendRedirects | undefined {
    reportLone(values, context);
    const own = redirectsOf(values);
    return replacementText(own.url) === replacementText(redirectsOf(context.options).url) ? undefined : own;
  },
  gives: { http: redirectsOf, location: asked => asked },
});
