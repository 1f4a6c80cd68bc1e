import type { InputEvent, LiveEvent, NginxEvent, SyncEvent } from '../live/events.ts';
import type { Located } from '../diagnostics/located.ts';
import { listed, many } from '../diagnostics/words.ts';
import { objectPrefix } from './object-text.ts';
import { placeText } from './pretty.ts';

/** What is logged: events, and findings as they come and go. */
export type LogEntry =
  | LiveEvent
  | { readonly kind: 'finding'; readonly finding: Located }
  | { readonly kind: 'finding-gone'; readonly finding: Located }
  /** Of the program itself: that it began, that it ends. */
  | { readonly kind: 'note'; readonly text: string }
  /** Why it cannot go on. */
  | { readonly kind: 'fatal'; readonly text: string };

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

export interface LogText {
  readonly level: LogLevel;
  /** One line; it may hold text of strangers. */
  readonly text: string;
}

/** What an entry says to people, and how loud. */
export function logText(entry: LogEntry): LogText {
  switch (entry.kind) {
    case 'input':
      return inputText(entry);
    case 'changed':
      return { level: 'debug', text: `changed  ${entry.cause}` };
    case 'synced':
      return syncText(entry);
    case 'nginx':
      return nginxText(entry);
    case 'leader': {
      const text = entry.isLeader
        ? 'leader  this instance publishes status'
        : `leader  ${entry.holder || 'no known instance'} publishes status`;
      return { level: 'info', text };
    }
    case 'published': {
      const what = entry.addresses.length === 0 ? 'addresses removed' : entry.addresses.join(', ');
      return { level: 'info', text: `published  ${many(entry.ingresses, 'Ingress', 'Ingresses')}: ${what}` };
    }
    case 'forward':
      return entry.state === 'up'
        ? { level: 'info', text: `forward  ${entry.service} is up` }
        : { level: 'warning', text: `forward  ${entry.service} is restarting${because(entry.problem)}` };
    case 'trouble':
      return { level: 'warning', text: `${entry.what}  ${troubleText(entry)}${againIn(entry.retryInMs)}` };
    case 'finding':
      return findingText(entry.finding);
    case 'finding-gone':
      return { level: 'info', text: `resolved  ${findingText(entry.finding).text}` };
    case 'note':
      return { level: 'info', text: entry.text };
    case 'fatal':
      return { level: 'error', text: entry.text };
  }
}

/** Why a sync failed stands in the line before. */
function troubleText({ what, problem }: Extract<LiveEvent, { readonly kind: 'trouble' }>): string {
  return what === 'sync' ? 'failed' : problem;
}

/** `160 ms`, `1.2 s`, `3 min` */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

/** The first cause, and how many there are beside it. */
export function causesText(causes: readonly string[]): string {
  return causes.length === 0 ? 'nothing' : listed(causes, 1);
}

function inputText({ type, state, objects, problem, retryInMs }: InputEvent): LogText {
  const head = `${type}  `;
  switch (state) {
    case 'listing':
      return { level: 'debug', text: `${head}listing` };
    case 'watching':
      return { level: 'info', text: `${head}watching ${many(objects, nounOf(type))}${because(problem)}` };
    case 'retrying':
      return { level: 'warning', text: `${head}${problem ?? 'no answer'}${againIn(retryInMs)}` };
    case 'forbidden':
      return { level: 'warning', text: `${head}forbidden${because(problem)}${againIn(retryInMs)}` };
    case 'absent':
      return { level: problem === undefined ? 'info' : 'warning', text: `${head}${problem ?? 'not available'}` };
  }
}

function nounOf(type: string): string {
  return type === 'files' ? 'file' : 'object';
}

function syncText(sync: SyncEvent): LogText {
  const { outcome, causes, sinceChangeMs, durationMs, routes, objects, problem } = sync;
  const cause = causesText(causes);
  switch (outcome) {
    case 'applied': {
      const changes = `${routes.added} added, ${routes.removed} removed, ${routes.changed} changed`;
      const what = `${many(routes.total, 'route')} from ${many(objects, 'object')} (${changes})`;
      const time = `in effect after ${spanText(sinceChangeMs)} (${spanText(durationMs)} compiling and applying)`;
      return { level: 'info', text: `synced  ${what}, ${time}, trigger: ${cause}${because(problem)}` };
    }
    case 'unchanged':
      return {
        level: 'info',
        text: `unchanged  ${many(routes.total, 'route')} from ${many(objects, 'object')}, trigger: ${cause}`,
      };
    case 'withheld':
      return { level: 'error', text: `withheld  ${staysText(sync)}${because(problem)}; trigger: ${cause}` };
    case 'failed':
      return { level: 'error', text: `failed  ${staysText(sync)}${because(problem)}; trigger: ${cause}` };
  }
}

/** There may be none yet; what an earlier run left stays, too. */
function staysText({ routes }: SyncEvent): string {
  return routes.total === 0 ? 'nothing is changed' : 'the last good configuration stays';
}

function nginxText({ action, pid, release, problem }: NginxEvent): LogText {
  const what = `${pid === undefined ? '' : `, pid ${pid}`}${release === undefined ? '' : `, release ${release}`}`;
  switch (action) {
    case 'started':
    case 'reloaded':
    case 'stopped':
      return { level: 'info', text: `nginx  ${action}${what}${because(problem)}` };
    case 'rolled-back':
      return {
        level: 'error',
        text: `nginx  ${release === undefined ? 'rollback failed' : 'rolled back'}${what}${because(problem)}`,
      };
    case 'died':
      return { level: 'error', text: `nginx  exited${what}${because(problem)}` };
  }
}

const LEVELS = { error: 'error', warning: 'warning', info: 'info' } as const satisfies Readonly<
  Record<Located['severity'], LogLevel>
>;

function findingText(finding: Located): LogText {
  const { severity, rule, message, at } = finding;
  const place = at === undefined ? '' : `${placeText(at)}: `;
  return {
    level: LEVELS[severity],
    text: `finding  ${place}${objectPrefix(finding)}${message} [${rule.id} ${rule.name}]`,
  };
}

function because(problem: string | undefined): string {
  return problem === undefined ? '' : `: ${problem}`;
}

function againIn(ms: number | undefined): string {
  if (ms === undefined) return '';
  // The first of many retries, which are not said: `at once` would be wrong soon after.
  return ms < 1 ? '; retrying' : `; retrying in ${spanText(ms)}`;
}
