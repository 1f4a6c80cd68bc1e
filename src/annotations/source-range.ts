import { networks, networksOfOption } from '../options/networks.ts';
import type { OptionSpec } from '../options/option.ts';
import type { SourceRange } from '../routing/policies/source-range.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { closed } from './closed.ts';
import type { Closed } from './closed.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';
import { invalidGuard } from './rules/guards.ts';

const ALLOW = 'allowlist-source-range';
/** Its older name, which counts where the newer one has no text. */
const WHITE = 'whitelist-source-range';
const DENY = 'denylist-source-range';
const BLOCK = 'block-cidrs';

/** An empty list lets everybody in. */
type Allowed = readonly string[] | 'nobody';

interface Options {
  readonly [WHITE]: Allowed;
  readonly [DENY]: readonly string[];
  readonly [BLOCK]: readonly string[];
}

type Context = ReadContext<Options>;

const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** The annotation that says who gets in, and the one that says who does not; those without a text count nowhere. */
function named(context: Context): {
  readonly allow: typeof ALLOW | typeof WHITE | undefined;
  readonly hasDeny: boolean;
} {
  const allow = ([ALLOW, WHITE] as const).find(name => annotationText(context.ingress, name) !== '');
  return { allow, hasDeny: annotationText(context.ingress, DENY) !== '' };
}

/**
 * An empty list closes: the controller answers 503 for it, too, except for the older name, of which it takes no notice.
 */
function closeIfEmpty(context: Context): Closed<never> | undefined {
  const { written, report } = context;
  const { allow, hasDeny } = named(context);
  const empty = [
    ...(allow === undefined ? [ALLOW, WHITE].filter(name => written(name) !== undefined) : []),
    ...(!hasDeny && written(DENY) !== undefined ? [DENY] : []),
  ];
  const [first] = empty;
  if (first === undefined) return undefined;
  const message = `${first}: "" names no IP address or network`;
  const help = 'name addresses or networks such as "10.0.0.0/8", or remove it';
  report({ rule: invalidGuard, message, help, at: annotationRef(context.ingress, first) });
  return closed('location', `${first} is empty`);
}

function reportIdle(context: Context): void {
  const at = context.written(WHITE);
  if (at === undefined || named(context).allow !== ALLOW || annotationText(context.ingress, WHITE) === '') return;
  const message = `${WHITE} has no effect beside ${ALLOW}`;
  context.report({ rule: annotationWithoutEffect, message, help: `write all networks in ${ALLOW}, and remove it`, at });
}

/** What holds where these lists are; undefined for nothing. A location with lists of its own has none of http{}. */
function rangeOf(allowed: Allowed, denied: readonly string[], options: Options): SourceRange | undefined {
  if (allowed.length === 0 && denied.length === 0) return undefined;
  const all = [...new Set([...options[BLOCK], ...denied])].toSorted();
  if (allowed.length === 0) return { denied: all };
  return { denied: all, allowed: allowed === 'nobody' ? [] : allowed };
}

/**
 * Which clients get in, by their address.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/ipallowlist and ipdenylist, and
 * rootfs/etc/nginx/template/nginx.tmpl.
 */
export const sourceRange = defineFamily({
  name: 'sourceRange',
  options: {
    [WHITE]: {
      type: networksOfOption,
      default: [],
      ifRefused: 'nobody',
      example: '10.0.0.0/8,2001:db8::/32',
      summary: 'Lets in only clients of these networks, unless an annotation names others.',
      becomes: 'allow, deny',
    } satisfies OptionSpec<Allowed>,
    [DENY]: {
      type: networksOfOption,
      default: [],
      ifRefused: EVERYBODY,
      example: '192.0.2.0/24',
      summary: 'Keeps out clients of these networks, unless an annotation names others.',
      becomes: 'deny',
    } satisfies OptionSpec<readonly string[]>,
    [BLOCK]: {
      type: networksOfOption,
      default: [],
      ifRefused: EVERYBODY,
      example: '192.0.2.0/24',
      summary: 'Keeps out clients of these networks on all hosts, whatever annotations name.',
      becomes: 'deny',
      differs: [
        { says: 'an Ingress with a list of its own does not let them in either', where: value => value.length > 0 },
      ],
    } satisfies OptionSpec<readonly string[]>,
  },
  annotations: {
    [ALLOW]: {
      type: networks,
      default: [],
      defaultFrom: WHITE,
      example: '10.0.0.0/8,2001:db8::1',
      summary: 'Lets in only clients of these networks; others get 403.',
      becomes: 'allow, deny',
    } satisfies OptionSpec<readonly string[]>,
    [WHITE]: {
      type: networks,
      default: [],
      defaultFrom: WHITE,
      example: '10.0.0.0/8',
      summary: `The older name of \`${ALLOW}\`.`,
      olderNameOf: ALLOW,
      becomes: 'allow, deny',
    } satisfies OptionSpec<readonly string[]>,
    [DENY]: {
      type: networks,
      default: [],
      defaultFrom: DENY,
      example: '192.0.2.0/24',
      summary: `Keeps out clients of these networks (403), those that \`${ALLOW}\` has as well.`,
      becomes: 'deny',
    } satisfies OptionSpec<readonly string[]>,
  },
  invalid: { rule: invalidGuard, isDropped: () => false },
  read(values, context) {
    if (context.refused.size > 0) return undefined;
    const closes = closeIfEmpty(context);
    if (closes !== undefined) return closes;
    reportIdle(context);
    const { allow } = named(context);
    const allowed = allow === undefined ? context.options[WHITE] : values[allow];
    return rangeOf(allowed, values[DENY], context.options);
  },
  byDefault: options => rangeOf(options[WHITE], options[DENY], options),
  askers: (_, isGiven) => [!isGiven(ALLOW) && isGiven(WHITE) ? WHITE : ALLOW, DENY],
  gives: {
    http: options => (options[BLOCK].length === 0 ? undefined : { denied: options[BLOCK] }),
    location: asked => asked,
  },
});
