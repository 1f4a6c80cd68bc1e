import { dividedShares } from '../routing/split-shares.ts';
import { collectDeclarations } from './collector.ts';
import { bareWord, EMPTY, escapeRegex, exactKey, patternKey, quoteTemplate, variable } from './quote.ts';
import { wayTo } from './ways.ts';

import type { Digits } from './collector.ts';
import type { Declarations, MapSpec } from './declarations.ts';
import type { Declared } from './made-parts.ts';
import type { MapKey, Quoted } from './quote.ts';
import type { Way, Ways } from './ways.ts';
import type { RequestTest, Split, SplitRule } from '../routing/model.ts';

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

/** What stands for an upstream until the split is known, so that splits that decide alike share what decides. */
type PlaceOf = (upstream: string) => Quoted;

/** Chance. The text that it is drawn from is random for each request, and the same for all that one request asks. */
function chance({ shares }: Split, placeOf: PlaceOf, declare: Declarations): Quoted {
  const { rest, others } = dividedShares(shares);
  if (others.length === 0) return placeOf(rest.to);
  return declare.splitClients({
    name: 'split',
    of: quoteTemplate('split $request_id', declare),
    shares: others.map(({ to, percent }) => [String(percent), placeOf(to)] as const),
    otherwise: placeOf(rest.to),
  });
}

/** The variable that holds the place of an upstream: that of the first rule that fits, else of chance. */
function decision(split: Split, placeOf: PlaceOf, declare: Declarations): Quoted {
  let otherwise = chance(split, placeOf, declare);
  for (const group of groupsOf(split.rules).toReversed()) {
    const rows: MapSpec['rows'] = group.map(({ when, to }) => [keyOf(when), placeOf(to)] as const);
    otherwise = declare.map({ name: 'split', of: variableOf(group[0].when, declare), rows, otherwise });
  }
  return otherwise;
}

const LONGEST_NAME = 30;

/** The way to a split, and what is declared for it. */
export interface SplitWay extends Declared {
  readonly way: Way;
}

/** Behind what policies of upstreams declare, before that of all hosts. */
const RANK = 2_500;

/** Declares what decides: a variable that holds the name of an upstream, or `host:port` of a late one. */
export function splitWay(split: Split, ways: Ways, digits: Digits): SplitWay {
  const { declare, declared } = collectDeclarations(digits, RANK);
  const names = [...new Set([...split.shares.toReversed(), ...split.rules].map(({ to }) => to))];
  const [first = '', ...others] = names;
  const reach = (name: string): Quoted => wayTo({ name }, ways).to;
  const placeOf = (name: string): Quoted => bareWord(String(names.indexOf(name)));
  if (others.length === 0) return { way: wayTo({ name: first }, ways), declared };
  const to = declare.map({
    name: split.name.replaceAll(/\W/g, '_').slice(0, LONGEST_NAME),
    of: decision(split, placeOf, declare),
    rows: others.map(name => [exactKey(placeOf(name)), reach(name)] as const),
    otherwise: reach(first),
  });
  const { pass } = wayTo({ name: first }, ways);
  const upstreams = names.flatMap(name => wayTo({ name }, ways).upstreams);
  return { way: { kind: 'split', to, pass, upstreams }, declared };
}
