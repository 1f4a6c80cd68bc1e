import { collectDeclarations } from './collector.ts';
import { EMPTY, escapeRegex, patternKey, quoteTemplate, variable } from './quote.ts';
import { wayTo } from './ways.ts';

import type { Digits } from './collector.ts';
import type { Declarations, MapSpec } from './declarations.ts';
import type { Declared } from './made-parts.ts';
import type { MapKey, Quoted } from './quote.ts';
import type { Way, Ways } from './ways.ts';
import type { RequestTest, Split, SplitRule, SplitShare } from '../routing/model.ts';

/** The name of an upstream, or where a late one is, as a value of a map. */
type Reach = (upstream: string) => Quoted;

/** What nginx takes as part of a variable. */
const VARIABLE_NAME = /^\w+$/;

/**
 * The variable that holds what a test looks at. nginx finds a cookie by its name only if that can be part of a variable;
 * of several with one name it takes the first, and so does the expression. Names of cookies and headers have no case.
 * Source: nginx's src/http/ngx_http_parse.c, ngx_http_parse_multi_header_lines.
 */
function variableOf({ of, name }: RequestTest, declare: Declarations): Quoted {
  const plain = name.toLowerCase();
  if (of === 'header') return variable(`http_${plain.replaceAll('-', '_')}`);
  if (VARIABLE_NAME.test(plain)) return variable(`cookie_${plain}`);
  const pattern = `(?:^|[;,] *)${escapeRegex(plain)} *= *(?<cookie_of_split>[^;]*)`;
  return declare.map({
    name: 'split_cookie',
    of: variable('http_cookie'),
    rows: [[patternKey(pattern, 'i'), variable('cookie_of_split')]],
    otherwise: EMPTY,
  });
}

/** An expression in any case: nginx ignores the case of plain keys. */
function keyOf({ is }: RequestTest): MapKey {
  return patternKey(is.kind === 'text' ? `^${escapeRegex(is.text)}$` : is.regex);
}

/** Rules that look at the same follow each other in one map. */
function groupsOf(rules: readonly SplitRule[]): readonly (readonly [SplitRule, ...SplitRule[]])[] {
  const groups: [SplitRule, ...SplitRule[]][] = [];
  for (const rule of rules) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group !== undefined && first?.when.of === rule.when.of && first.when.name === rule.when.name) group.push(rule);
    else groups.push([rule]);
  }
  return groups;
}

/** nginx divides in hundredths of a percent. */
const STEPS = 10_000;

/** What nginx is told of a share: at least one step, since one of nothing is refused. */
function percentOf({ parts }: SplitShare, all: number): string {
  const steps = Math.min(STEPS - 1, Math.max(1, Math.round((parts / all) * STEPS)));
  return String(steps / 100);
}

/**
 * Chance. The text that it is drawn from is random for each request, and the same for all that one request asks; the name
 * in it keeps splits from deciding alike.
 */
function chance({ name, shares }: Split, reach: Reach, declare: Declarations): Quoted {
  const all = shares.reduce((sum, { parts }) => sum + parts, 0);
  const most = shares.reduce((largest, share) => (share.parts > largest.parts ? share : largest));
  const others = shares.filter(share => share !== most);
  if (others.length === 0) return reach(most.to);
  return declare.splitClients({
    name: nameOf(name),
    of: quoteTemplate(`${name} $request_id`, declare),
    shares: others.map(share => [percentOf(share, all), reach(share.to)] as const),
    otherwise: reach(most.to),
  });
}

const LONGEST_NAME = 30;

function nameOf(name: string): string {
  return name.replaceAll(/\W/g, '_').slice(0, LONGEST_NAME);
}

/** The way to a split, and what is declared for it. */
export interface SplitWay extends Declared {
  readonly way: Way;
}

/** Those of policies that upstreams ask for stand before; those of all hosts behind. */
const RANK = 2_500;

/** Declares what decides: a variable that holds the name of an upstream, or `host:port` of a late one. */
export function splitWay(split: Split, ways: Ways, digits: Digits): SplitWay {
  const { declare, declared } = collectDeclarations(digits, RANK);
  const reach: Reach = upstream => wayTo({ name: upstream }, ways).to;
  let to = chance(split, reach, declare);
  for (const group of groupsOf(split.rules).toReversed()) {
    const rows: MapSpec['rows'] = group.map(rule => [keyOf(rule.when), reach(rule.to)] as const);
    to = declare.map({ name: nameOf(split.name), of: variableOf(group[0].when, declare), rows, otherwise: to });
  }
  const names = new Set([...split.rules, ...split.shares].map(each => each.to));
  const upstreams = [...names].flatMap(name => wayTo({ name }, ways).upstreams);
  return { way: { kind: 'split', to, upstreams }, declared };
}
