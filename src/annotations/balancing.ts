import type { OptionSpec } from '../options/option.ts';
import { bool, integer, oneOf, stripped, text, trimmed } from '../options/value-type.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';
import type { Balancing } from '../routing/policies/balancing.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { defineFamily } from './family.ts';
import type { ReadContext, UpstreamClaim } from './family.ts';
import { readHashKey } from './balancing-key.ts';
import { annotationWithoutEffect, droppedForValue } from './rules/annotations.ts';
import { balancingConflict, constantHashKey, unknownHashVariable } from './rules/balancing.ts';

const HASH_BY = 'upstream-hash-by';
const SUBSET = 'upstream-hash-by-subset';
const SUBSET_SIZE = 'upstream-hash-by-subset-size';
const LOAD_BALANCE = 'load-balance';

/** What the controller takes for 0, too. */
const DEFAULT_SIZE = 3;
/** More than a Service has endpoints. */
const MOST = 1_000_000;

const algorithm = oneOf('round_robin', 'ewma', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent');
type Algorithm = 'round_robin' | 'ewma' | 'chash' | 'chashsubset' | 'sticky_balanced' | 'sticky_persistent';

const differs: OptionSpec<Algorithm>['differs'] = [
  {
    says: 'with ewma, of two endpoints by chance the one with fewer open requests is asked, not the one that has answered faster',
    where: value => value === 'ewma',
  },
];

/** What one Ingress asks for. */
interface Asked {
  /** Undefined: endpoints take turns. */
  readonly balancing: Balancing | undefined;
  /** The annotation that asks; undefined where the option does. */
  readonly by: string | undefined;
}

type Context = Omit<ReadContext<unknown>, 'options'>;

function reportIdle(name: string, problem: string, help: string, { ingress, report }: Context): void {
  const at = annotationRef(ingress, name);
  report({ rule: annotationWithoutEffect, message: `${name} has no effect ${problem}`, help, at });
}

/** Whether the Ingress has a value that counts: an empty one is none, and a refused one has been reported. */
function isWritten(name: string, { ingress, refused }: Context): boolean {
  return annotationText(ingress, name) !== '' && !refused.has(name);
}

/** What `load-balance` alone comes to. The words for a hash and for cookies are what other annotations choose. */
function byAlgorithm(value: Algorithm, context: Context): Asked | undefined {
  const balancing = ofAlgorithm(value);
  if (!isWritten(LOAD_BALANCE, context)) return balancing === undefined ? undefined : { balancing, by: undefined };
  if (value.startsWith('chash')) {
    reportIdle(LOAD_BALANCE, `as "${value}" without ${HASH_BY}: endpoints take turns`, `add ${HASH_BY}`, context);
  } else if (value.startsWith('sticky_')) {
    const help = 'write affinity: cookie instead';
    reportIdle(LOAD_BALANCE, `as "${value}": only affinity keeps clients on one endpoint`, help, context);
  }
  return { balancing, by: LOAD_BALANCE };
}

function ofAlgorithm(value: Algorithm): Balancing | undefined {
  return value === 'ewma' ? { kind: 'less-busy' } : undefined;
}

function readKey(value: string, { ingress, report }: Context): Extract<Balancing, { kind: 'hash' }>['key'] {
  const { parts, unknown } = readHashKey(value);
  const at = annotationRef(ingress, HASH_BY);
  for (const name of new Set(unknown)) {
    const message = `${HASH_BY}: nginx has no variable ${name}, which counts as empty`;
    report({ rule: unknownHashVariable, message, help: 'write one that it has, such as $request_uri', at });
  }
  if (unknown.length === 0 && parts.every(part => 'text' in part)) {
    const message = `${HASH_BY}: "${value}" has no variable: all requests go to one endpoint`;
    const name = isKnownVariable(value) ? value : 'request_uri';
    report({ rule: constantHashKey, message, help: `write "$${name}"`, at });
  }
  return parts;
}

/** Says who decides instead, if that makes a difference. */
function reportLoser(
  { asked, ingress, maker }: UpstreamClaim<Asked>,
  decided: Balancing | undefined,
  report: Report,
): void {
  if (asked.by === undefined || JSON.stringify(asked.balancing) === JSON.stringify(decided)) return;
  const decides = objectText(maker);
  const message = `${asked.by} has no effect: ${decides} leads to the same Service, and decides how it is balanced`;
  const help = `write the same in ${decides}`;
  report({ rule: balancingConflict, message, help, at: annotationRef(ingress, asked.by) });
}

/** How requests are spread over the endpoints of a Service. */
export const balancing = defineFamily({
  name: 'balancing',
  annotations: {
    [HASH_BY]: {
      type: trimmed(text(/^[-A-Za-z0-9_${} ]*$/, 'letters, digits, blanks and - _ $ { }')),
      default: '',
      example: '$request_uri',
      summary: 'Sends requests with the same value of these variables and texts to the same endpoint.',
      becomes: 'hash … consistent',
      differs: [{ says: 'nginx has another ring than the controller: once, most values change their endpoint' }],
    } satisfies OptionSpec<string>,
    [SUBSET]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether the value chooses a group of endpoints, and chance one of them.',
      becomes: 'split_clients, hash',
      differs: [
        {
          says: 'groups of endpoints get equal shares of all values, and if an endpoint fails, one of any group answers',
          where: value => value,
        },
      ],
    } satisfies OptionSpec<boolean>,
    [SUBSET_SIZE]: {
      type: integer({ min: 0, max: MOST }),
      default: DEFAULT_SIZE,
      example: '2',
      summary: 'How many endpoints such a group has.',
      becomes: 'split_clients, hash',
    } satisfies OptionSpec<number>,
    [LOAD_BALANCE]: {
      type: algorithm,
      default: 'round_robin',
      defaultFrom: LOAD_BALANCE,
      example: 'ewma',
      summary:
        'Whether endpoints take turns (`round_robin`), or of two the one with fewer open requests is asked (`ewma`).',
      becomes: 'random two least_conn',
      differs,
    } satisfies OptionSpec<Algorithm>,
  },
  options: {
    [LOAD_BALANCE]: {
      type: stripped(algorithm),
      default: 'round_robin',
      example: 'ewma',
      summary:
        'Whether endpoints take turns (`round_robin`), or of two the one with fewer open requests is asked (`ewma`).',
      becomes: 'random two least_conn',
      differs,
    } satisfies OptionSpec<Algorithm>,
  },
  invalid: { rule: droppedForValue, isDropped: () => true },
  byDefault(options): Asked | undefined {
    const balancing = ofAlgorithm(options[LOAD_BALANCE]);
    return balancing === undefined ? undefined : { balancing, by: undefined };
  },
  read(values, context): Asked | undefined {
    if (values[HASH_BY] === '') {
      const idle = [SUBSET, SUBSET_SIZE].find(name => isWritten(name, context));
      if (idle !== undefined && !context.refused.has(HASH_BY)) {
        reportIdle(idle, `without ${HASH_BY}`, `add ${HASH_BY}, or remove ${idle}`, context);
      }
      return byAlgorithm(values[LOAD_BALANCE], context);
    }
    if (isWritten(SUBSET_SIZE, context) && !values[SUBSET]) {
      reportIdle(SUBSET_SIZE, `without ${SUBSET}`, `add ${SUBSET}: "true", or remove ${SUBSET_SIZE}`, context);
    }
    if (isWritten(LOAD_BALANCE, context) && !values[LOAD_BALANCE].startsWith('chash')) {
      reportIdle(LOAD_BALANCE, `beside ${HASH_BY}`, 'remove one of them', context);
    }
    const key = readKey(values[HASH_BY], context);
    const subsetSize = values[SUBSET] ? values[SUBSET_SIZE] || DEFAULT_SIZE : undefined;
    return { balancing: { kind: 'hash', key, subsetSize }, by: HASH_BY };
  },
  askers: values => (values[HASH_BY] === '' ? [LOAD_BALANCE] : [HASH_BY]),
  gives: {
    upstream(claims, report): Balancing | undefined {
      const winner = claims.find(({ ingress, maker }) => ingress === maker);
      const decided = winner?.asked.balancing;
      for (const claim of claims) if (claim !== winner) reportLoser(claim, decided, report);
      return decided;
    },
  },
});
