import { expect } from 'vitest';

import { bandOf } from './chance.ts';
import type { Expected, GoldenRequest, Headers, Text } from './requests.ts';
import type { Outcome } from './served.ts';

type Lines = NodeJS.Dict<string[]>;

/** What `toEqual` takes for a text, a pattern, or nothing. */
function matcher(text: Text): unknown {
  return text === null || typeof text === 'string' ? text : expect.stringMatching(new RegExp(text.matches, 'u'));
}

function headerMatchers(headers: Headers): Readonly<Record<string, unknown>> {
  const rows = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(matcher) : matcher(value as Text),
  ]);
  return Object.fromEntries(rows) as Readonly<Record<string, unknown>>;
}

/** The headers of these names: the one line, or all of them, or null. */
function headersOf(lines: Lines, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    names.map(name => {
      const own = lines[name.toLowerCase()] ?? [];
      return [name, own.length > 1 ? own : (own[0] ?? null)];
    }),
  );
}

type Row = readonly [part: string, actual: unknown, expected: unknown];

function seenRows({ hits }: Outcome, { seen }: Expected): readonly Row[] {
  if (seen === undefined) return [];
  const hit = hits.at(-1);
  if (hit === undefined) return [['seen', 'no endpoint was asked', seen]];
  const rows: Row[] = [];
  if (seen.url !== undefined) rows.push(['seen.url', hit.url, matcher(seen.url)]);
  if (seen.method !== undefined) rows.push(['seen.method', hit.method, seen.method]);
  if (seen.bodyBytes !== undefined) rows.push(['seen.bodyBytes', hit.bodyBytes, seen.bodyBytes]);
  for (const part of ['certificate', 'serverName'] as const) {
    if (seen[part] !== undefined) rows.push([`seen.${part}`, hit[part] ?? null, seen[part]]);
  }
  if (seen.headers !== undefined) {
    rows.push(['seen.headers', headersOf(hit.lines, Object.keys(seen.headers)), headerMatchers(seen.headers)]);
  }
  return rows;
}

function rowsOf(outcome: Outcome, expected: Expected): readonly Row[] {
  const { answer, endpoint, service, hits } = outcome;
  const { headers, asked } = expected;
  const status = expected.status ?? (typeof expected.service === 'string' ? 200 : undefined);
  const rows: Row[] = [];
  if (status !== undefined) rows.push(['status', answer.status, status]);
  if (expected.service !== undefined) rows.push(['service', service ?? null, expected.service]);
  if (expected.endpoint !== undefined) rows.push(['endpoint', endpoint, expected.endpoint]);
  if (asked !== undefined) rows.push(['asked', hits.map(hit => hit.service), asked]);
  if (headers !== undefined) {
    rows.push(['headers', headersOf(answer.lines, Object.keys(headers)), headerMatchers(headers)]);
  }
  return [...rows, ...seenRows(outcome, expected)];
}

/** Shares that chance explains are shown as they are expected. */
function shareRows(outcomes: readonly Outcome[], shares: Readonly<Record<string, number>>): readonly Row[] {
  const told = Object.entries(shares).map(([who, percent]) => {
    const { least, most } = bandOf(outcomes.length, percent / 100);
    const count = outcomes.filter(({ endpoint, service }) => endpoint === who || service === who).length;
    const wanted = `${least} to ${most} of ${outcomes.length}`;
    return { who, wanted, actual: count >= least && count <= most ? wanted : `${count} of ${outcomes.length}` };
  });
  return [
    [
      'shares',
      Object.fromEntries(told.map(({ who, actual }) => [who, actual])),
      Object.fromEntries(told.map(({ who, wanted }) => [who, wanted])),
    ],
  ];
}

function seriesRows(outcomes: readonly Outcome[], { shares, sameEndpoint }: Expected): readonly Row[] {
  const endpoints = [...new Set(outcomes.map(({ endpoint }) => endpoint))];
  return [
    ...(shares === undefined ? [] : shareRows(outcomes, shares)),
    ...(sameEndpoint === undefined ? [] : [['endpoints', endpoints, [expect.any(String)]] as const]),
  ];
}

/** Holds what came of a request, however often it was sent, against what it expects. */
export function expectOutcomes(request: GoldenRequest, outcomes: readonly Outcome[], complaints: string): void {
  const series = seriesRows(outcomes, request.expect);
  for (const rows of [...outcomes.map(outcome => rowsOf(outcome, request.expect)), series]) {
    const actual = Object.fromEntries(rows.map(([part, value]) => [part, value]));
    const expected = Object.fromEntries(rows.map(([part, , value]) => [part, value]));
    expect(actual, `${request.url}\n${complaints}`).toEqual(expected);
  }
}
