import type { BackendRef } from '../cluster/backend-ref.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool, text } from '../options/value-type.ts';
import type { PortRef } from '../resources/model.ts';
import type { Destination, Target } from '../routing/model.ts';
import type { CustomErrors } from '../routing/policies/custom-errors.ts';
import { annotationRef } from './annotation-ref.ts';
import { LOOKS_LIKE_STATUSES, statusesOfAnnotation, statusesOfOption } from './custom-errors-statuses.ts';
import type { FoundFacts, LocationFacts } from './facts.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect, droppedForValue } from './rules/annotations.ts';
import { unusableDefaultBackend } from './rules/custom-errors.ts';

interface Options {
  readonly 'custom-http-errors': readonly number[];
  readonly 'disable-proxy-intercept-errors': boolean;
}

interface Asked extends Pick<CustomErrors, 'statuses' | 'intercepts'> {
  /** The Service that the Ingress names, and where. */
  readonly own: { readonly backend: BackendRef; readonly at: FieldRef } | undefined;
}

/** The Service that an Ingress names, and its first port; undefined, and said, if there is none. */
function findBackend(service: string, { ingress, tables, report }: Context): Asked['own'] {
  if (service === '') return undefined;
  const { namespace } = ingress;
  const at = annotationRef(ingress, 'default-backend');
  const found = tables.services.get(keyOfObject(namespace, service));
  // What is wrong with one that was refused has been said.
  if (found?.isRefused === true) return undefined;
  const [port] = found?.ports ?? [];
  if (port !== undefined) return { backend: { namespace, service, port: { number: port.port } }, at };
  const problem = found === undefined ? 'is not in the input' : 'has no port';
  const help = found === undefined ? 'add it to the input, or correct the name' : 'give it a port';
  const message = `default-backend: the Service ${keyOfObject(namespace, service)} ${problem}`;
  const lacks = { kind: 'Service', key: keyOfObject(namespace, service) } as const;
  report({ rule: unusableDefaultBackend, message, help, at, ...(found === undefined ? { lacks } : {}) });
  return undefined;
}

type Context = Omit<ReadContext<unknown>, 'options'>;

/** Says that errors of backends are replaced all the same, or that none are anyway. */
function reportIdle(hasOwn: boolean, options: Options, { ingress, report }: Context): void {
  const at = annotationRef(ingress, 'disable-proxy-intercept-errors');
  const isForAll = options['custom-http-errors'].length > 0;
  if (isForAll && !options['disable-proxy-intercept-errors']) {
    const message = 'disable-proxy-intercept-errors has no effect beside the option custom-http-errors';
    const help = 'set the option disable-proxy-intercept-errors, or remove the annotation';
    report({ rule: annotationWithoutEffect, message, help, at });
  } else if (!hasOwn && !isForAll) {
    const message = 'disable-proxy-intercept-errors has no effect without custom-http-errors';
    report({ rule: annotationWithoutEffect, message, help: 'add custom-http-errors, or remove it', at });
  }
}

/** The Service that answers in place of the one of the path, behind which nobody is ready. */
function standInFor({ own }: Asked, found: Target, { backend, leadTo }: LocationFacts): Destination | undefined {
  const isUnserved = backend !== undefined && found.kind === 'status' && found.code === 503;
  return isUnserved && own !== undefined ? leadTo(own.backend, own.at) : undefined;
}

/** Where error pages come from. A location of the default backend of the installation has no other. */
function pagesOf({ own }: Asked, { backend, leadTo, fallback }: FoundFacts): Destination | undefined {
  const ownPages = own === undefined || backend === undefined ? undefined : leadTo(own.backend, own.at);
  return ownPages ?? fallback;
}

function portText(port: PortRef | undefined): string {
  if (port === undefined) return '';
  return 'number' in port ? String(port.number) : port.name;
}

function errorsFor(asked: Asked, facts: FoundFacts, isStandIn: boolean): CustomErrors {
  const { statuses: replaced, intercepts } = asked;
  const { ingress, backend } = facts;
  return {
    statuses: replaced,
    intercepts,
    to: replaced.length === 0 ? undefined : pagesOf(asked, facts),
    source: {
      namespace: ingress.namespace,
      ingress: ingress.name,
      service: backend?.service ?? '',
      port: portText(backend?.port),
    },
    isStandIn,
  };
}

/** What was made last. The locations of a path come one after the other, and mostly those of a Service. */
const LAST = new WeakMap<Asked, CustomErrors>();

/** The object that was made last, if it is equal: what it becomes in nginx.conf is then not made again. */
function sameAsBefore(asked: Asked, made: CustomErrors): CustomErrors {
  const last = LAST.get(asked);
  if (last !== undefined && isSame(last, made)) return last;
  LAST.set(asked, made);
  return made;
}

/** Whether two are equal that were made of the same. */
function isSame(one: CustomErrors, other: CustomErrors): boolean {
  return (
    one.isStandIn === other.isStandIn &&
    one.to?.kind === other.to?.kind &&
    one.to?.name === other.to?.name &&
    one.source.service === other.source.service &&
    one.source.port === other.source.port &&
    one.source.ingress === other.source.ingress &&
    one.source.namespace === other.source.namespace
  );
}

/**
 * Answers of another Service in place of errors, and while nobody is ready.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/customhttperrors, defaultbackend and
 * disableproxyintercepterrors, internal/ingress/controller/controller.go, getBackendServers.
 */
export const customErrors = defineFamily({
  name: 'customErrors',
  options: {
    'custom-http-errors': {
      type: statusesOfOption,
      default: [],
      example: '404,503',
      summary: 'The statuses for which the default backend answers in place of all backends.',
      becomes: 'error_page, proxy_intercept_errors',
      differs: [
        { says: 'errors are replaced in the locations of Ingresses alone' },
        { says: 'without a default backend, 404 stays 404 instead of 500', where: value => value.includes(404) },
      ],
    } satisfies OptionSpec<readonly number[]>,
    'disable-proxy-intercept-errors': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether error responses of backends pass unchanged despite custom-http-errors.',
      becomes: 'proxy_intercept_errors',
    } satisfies OptionSpec<boolean>,
  },
  annotations: {
    'custom-http-errors': {
      type: statusesOfAnnotation,
      default: [],
      defaultFrom: 'custom-http-errors',
      example: '404,503',
      summary: 'The statuses for which the default backend answers in place of the backend.',
      becomes: 'error_page, proxy_intercept_errors',
      differs: [{ says: 'error pages have the HSTS and CORS headers of the location' }],
    } satisfies OptionSpec<readonly number[]>,
    'default-backend': {
      type: text(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'the name of a Service: letters, digits and -'),
      default: '',
      example: 'error-pages',
      summary:
        'The Service that answers while the one of the path has no ready endpoint, and for custom-http-errors; its first port is asked.',
      becomes: 'error_page, proxy_pass',
    } satisfies OptionSpec<string>,
    'disable-proxy-intercept-errors': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether error responses of the backend pass unchanged despite custom-http-errors.',
      becomes: 'proxy_intercept_errors',
    } satisfies OptionSpec<boolean>,
  },
  invalid: {
    rule: droppedForValue,
    isDropped: () => true,
    isIgnored: (name, value) => name === 'custom-http-errors' && LOOKS_LIKE_STATUSES.test(value.replaceAll(' ', '')),
    of: ['custom-http-errors', 'default-backend'],
  },
  read(values, context): Asked | undefined {
    const { options, written, refused } = context;
    const hasOwn =
      written('custom-http-errors') !== undefined &&
      !refused.has('custom-http-errors') &&
      values['custom-http-errors'].length > 0;
    const isOff = values['disable-proxy-intercept-errors'];
    if (isOff) reportIdle(hasOwn, options, context);
    const isForAll = options['custom-http-errors'].length > 0;
    const all = isForAll && !options['disable-proxy-intercept-errors'];
    const own = findBackend(values['default-backend'], context);
    const found = hasOwn ? values['custom-http-errors'] : options['custom-http-errors'];
    if (found.length === 0 && own === undefined) return undefined;
    return { statuses: found, intercepts: hasOwn ? all || !isOff : all, own };
  },
  byDefault(options): Asked | undefined {
    const found = options['custom-http-errors'];
    if (found.length === 0) return undefined;
    return { statuses: found, intercepts: !options['disable-proxy-intercept-errors'], own: undefined };
  },
  gives: {
    location(asked, facts): CustomErrors | undefined {
      const isStandIn = standInFor(asked, facts.found, facts) !== undefined;
      if (asked.statuses.length === 0 && !isStandIn) return undefined;
      return sameAsBefore(asked, errorsFor(asked, facts, isStandIn));
    },
    target(asked, found, facts): Target {
      const to = standInFor(asked, found, facts);
      return to === undefined ? found : { kind: 'proxy', to };
    },
  },
});
