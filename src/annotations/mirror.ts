import type { FieldRef } from '../diagnostics/place.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { oneOf, text, trimmed } from '../options/value-type.ts';
import type { Mirror } from '../routing/policies/mirror.ts';
import type { ControllerVariable, TextPart } from '../routing/variable-text.ts';
import { decodedIn, readVariableText } from '../routing/variable-text.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { AuthUrl } from './external-auth-url.ts';
import { readAuthUrl, withNames } from './external-auth-url.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { nameIn } from './external-auth-asked.ts';
import { annotationWithoutEffect, invalidAnnotationValue } from './rules/annotations.ts';

const TARGET = 'mirror-target';
const HOST = 'mirror-host';
const BODY = 'mirror-request-body';

const words: ValueType<string> = trimmed(
  text(/^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/, 'letters, digits and - . _ ~ / : ? & = $ { }'),
);

/** What one Ingress asks for. */
interface Asked extends Pick<Mirror, 'hasBody' | 'host' | 'uri'> {
  readonly url: Omit<AuthUrl, 'host' | 'uri'> & { readonly host: string };
  readonly at: FieldRef;
}

type Context = Omit<ReadContext<unknown>, 'options'>;

/** The URI of the request right behind the host, without a slash between them. */
const URI_BEHIND_HOST = /^([a-z]+:\/\/[^/?$]+)(?=\$(?:request_uri\b|\{request_uri\}))/i;
const REQUEST_URI: readonly TextPart[] = [{ variable: 'request_uri' }];

/** Where copies go, as nginx reads such a text; a string says what is wrong with it. */
function readTarget(target: string): (Pick<Asked, 'uri'> & { readonly url: AuthUrl }) | string {
  const isBehind = URI_BEHIND_HOST.test(target);
  const read = readAuthUrl(target.replace(URI_BEHIND_HOST, '$1/'));
  if (!read.ok) return read.problem;
  const { uri } = read.value;
  if (isBehind) return { url: read.value, uri: uri.slice(1) };
  return { url: read.value, uri: /^[a-z]+:\/\/[^/?]*$/i.test(target) ? REQUEST_URI : uri };
}

function reportBad(name: string, problem: string, help: string, { ingress, report }: Context): void {
  const message = `${name}: "${annotationText(ingress, name)}" ${problem}`;
  report({ rule: invalidAnnotationValue, message, help, at: annotationRef(ingress, name) });
}

/** The Host header that is written; undefined for none, or one that nginx would not take. */
function readHost(host: string, context: Context): readonly TextPart[] | undefined {
  if (host === '') return undefined;
  const read = readVariableText(host);
  const decoded = read.ok ? decodedIn(read.parts) : undefined;
  if (read.ok && decoded === undefined) return read.parts;
  const problem = read.ok ? `has $${decoded}, in which clients could put further headers` : read.problem;
  reportBad(HOST, problem, 'write a host name, or a variable such as $host', context);
  return undefined;
}

const HELP = 'write a URL such as "http://mirror.example.com$request_uri"';

/** Says which annotations are of no matter, since there are no copies. */
function reportIdle({ ingress, report, refused }: Context): void {
  const name = [HOST, BODY].find(each => annotationText(ingress, each) !== '');
  if (name === undefined || refused.has(TARGET)) return;
  const message = `${name} has no effect without ${TARGET}`;
  report({ rule: annotationWithoutEffect, message, help: `add ${TARGET}`, at: annotationRef(ingress, name) });
}

/** What was made last. The locations of an Ingress come one after the other. */
const LAST = new WeakMap<Asked, Mirror>();

/**
 * Copies of requests.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/mirror/main.go, and buildMirrorLocations in
 * internal/ingress/controller/template/template.go.
 */
export const mirror = defineFamily({
  name: 'mirror',
  annotations: {
    [TARGET]: {
      type: words,
      default: '',
      example: 'http://mirror.example.com$request_uri',
      summary:
        'The URL to which a copy of each request is sent; nobody waits for the answer. `$request_uri` is the URI of the request.',
      becomes: 'mirror, proxy_pass',
      differs: [
        { says: 'a copy has the headers that backends get, without the password of basic auth, and at most 5 seconds' },
        {
          says: 'without a path, a copy has the URI of the request',
          where: value => /^[a-z]+:\/\/[^/?$]*$/i.test(value),
        },
      ],
    } satisfies OptionSpec<string>,
    [HOST]: {
      type: words,
      default: '',
      example: 'mirror.example.com',
      summary: 'The Host header of the copies; without it, the host of `mirror-target`.',
      becomes: 'proxy_set_header',
    } satisfies OptionSpec<string>,
    [BODY]: {
      type: trimmed(oneOf('on', 'off')),
      default: 'on',
      example: 'off',
      summary: 'Whether copies have the body of the request.',
      becomes: 'mirror_request_body',
      differs: [{ says: 'a copy without a body announces none', where: value => value === 'off' }],
    } satisfies OptionSpec<'on' | 'off'>,
  },
  options: {},
  read(values, context): Asked | undefined {
    const target = values[TARGET];
    if (target === '') {
      reportIdle(context);
      return undefined;
    }
    const { ingress } = context;
    const read = readTarget(target);
    if (typeof read === 'string') {
      reportBad(TARGET, read, HELP, context);
      return undefined;
    }
    const { url, uri } = read;
    const [part, ...more] = url.host === 'own' ? [] : url.host;
    const own = part !== undefined && 'text' in part && more.length === 0 ? part.text.replace(/\.$/, '') : undefined;
    if (own === undefined || ingress.rules.some(({ host }) => host.toLowerCase() === own)) {
      reportBad(
        TARGET,
        own === undefined ? 'has no host of its own' : 'leads back to the host: copies would be copied',
        HELP,
        context,
      );
      return undefined;
    }
    const host = readHost(values[HOST], context) ?? [{ text: own }];
    const { isTls, port } = url;
    const at = annotationRef(ingress, TARGET);
    return { url: { isTls, port, host: own }, uri, host, hasBody: values[BODY] === 'on', at };
  },
  gives: {
    location(asked, facts): Mirror | undefined {
      const { url, at, hasBody } = asked;
      const to = facts.leadTo({ host: url.host, port: url.port }, at, url.isTls ? 'https' : 'http');
      if (to === undefined) return undefined;
      const names = (name: ControllerVariable): string => nameIn(name, facts);
      const uri = withNames(asked.uri, names);
      const host = withNames(asked.host, names);
      const last = LAST.get(asked);
      const made = { to, uri, host, tlsName: url.isTls ? url.host : undefined, hasBody };
      if (last !== undefined && JSON.stringify(last) === JSON.stringify(made)) return last;
      LAST.set(asked, made);
      return made;
    },
  },
});
