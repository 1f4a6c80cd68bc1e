import type { ChalkInstance } from 'chalk';

import { readable } from '../diagnostics/visible.ts';
import { many } from '../diagnostics/words.ts';
import type { InputEvent, LiveEvent, NginxEvent, SyncEvent } from '../live/events.ts';
import { causesText, spanText } from './live-text.ts';
import { columnsOf } from './plain-text.ts';

/** What a person sees of a watch at a glance; grows with each event. Times are milliseconds since 1970. */
export interface LiveStatus {
  readonly title: string;
  readonly inputs: ReadonlyMap<string, InputEvent>;
  /** The last change, until a sync names all causes. */
  readonly changed?: { readonly cause: string; readonly at: number };
  readonly sync?: { readonly event: SyncEvent; readonly at: number };
  /** The last sync that changed what is served. */
  readonly applied?: { readonly event: SyncEvent; readonly at: number };
  readonly nginx?: { readonly event: NginxEvent; readonly at: number };
  readonly publishing?: { readonly isLeader: boolean; readonly holder: string };
  readonly published?: Extract<LiveEvent, { kind: 'published' }>;
  readonly forwards: ReadonlyMap<string, 'up' | 'restarting'>;
  readonly trouble?: { readonly event: Extract<LiveEvent, { kind: 'trouble' }>; readonly at: number };
}

export function emptyStatus(title: string): LiveStatus {
  return { title, inputs: new Map(), forwards: new Map() };
}

export function withEvent(status: LiveStatus, event: LiveEvent, at: number): LiveStatus {
  switch (event.kind) {
    case 'input':
      return { ...status, inputs: new Map([...status.inputs, [event.type, event]]) };
    case 'changed':
      return { ...status, changed: { cause: event.cause, at } };
    case 'synced': {
      const { trouble: _over, ...rest } = status;
      const next = event.outcome === 'failed' ? status : rest;
      return { ...next, sync: { event, at }, ...(event.outcome === 'applied' ? { applied: { event, at } } : {}) };
    }
    case 'nginx':
      return { ...status, nginx: { event, at } };
    case 'leader':
      return { ...status, publishing: event };
    case 'published':
      return { ...status, published: event };
    case 'forward':
      return { ...status, forwards: new Map([...status.forwards, [event.service, event.state]]) };
    case 'trouble':
      return { ...status, trouble: { event, at } };
  }
}

export interface StatusLook {
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly style: ChalkInstance;
}

/** Lines that are no wider than the terminal; the first is a heading. */
export function statusLines(status: LiveStatus, look: StatusLook): readonly string[] {
  const rows = [
    ...inputRows(status),
    ...changeRows(status, look.now),
    ...syncRows(status, look.now),
    ...nginxRows(status, look.now),
    ...otherRows(status, look.now),
  ];
  const { style, columns } = look;
  const heading = cut(`-- ingress2nginx ${status.title} (Ctrl-C to quit) --`, columns);
  return [style.bold(heading), ...rows.map(row => rowText(row, look))];
}

interface Row {
  readonly label: string;
  readonly text: string;
  readonly mood?: 'good' | 'bad' | 'worrying';
}

const LABEL_WIDTH = 10;
const COLOURS = { good: 'green', bad: 'red', worrying: 'yellow' } as const;

function rowText({ label, text, mood }: Row, { style, columns }: StatusLook): string {
  const shown = cut(readable(text), Math.max(1, columns - LABEL_WIDTH));
  return `${style.dim(label.padEnd(LABEL_WIDTH))}${mood === undefined ? shown : style[COLOURS[mood]](shown)}`;
}

/** A line that fills the terminal makes some of them begin another. */
function cut(text: string, columns: number): string {
  if (columnsOf(text) < columns) return text;
  let kept = '';
  let width = 0;
  for (const char of text) {
    width += columnsOf(char);
    if (width > columns - 2) break;
    kept += char;
  }
  return `${kept}…`;
}

/** Those that go well on one line, each of the others on its own. */
function inputRows({ inputs }: LiveStatus): readonly Row[] {
  if (inputs.size === 0) return [{ label: 'input', text: 'not read yet' }];
  const all = [...inputs.values()];
  const well = all.filter(
    ({ state, problem }) => state === 'watching' || (state === 'absent' && problem === undefined),
  );
  const seen = well.filter(({ state }) => state === 'watching').map(({ type, objects }) => `${type} ${objects}`);
  const others = all.filter(input => !well.includes(input));
  return [
    ...(seen.length === 0 ? [] : [{ label: 'watching', text: seen.join(', ') }]),
    ...others.map(({ type, state, objects, problem }): Row => {
      const text = `${type} ${objects}${problem === undefined ? '' : `: ${problem}`}`;
      return { label: state, text, ...(state === 'listing' ? {} : { mood: 'worrying' }) };
    }),
  ];
}

function changeRows({ changed, sync }: LiveStatus, now: number): readonly Row[] {
  const isSynced = changed === undefined || (sync !== undefined && sync.at >= changed.at);
  if (!isSynced) return [{ label: 'change', text: `${changed.cause}, ${ago(changed.at, now)}, not served yet` }];
  if (sync === undefined) return [];
  return [
    { label: 'change', text: `${causesText(sync.event.causes)}, ${ago(sync.at - sync.event.sinceChangeMs, now)}` },
  ];
}

function syncRows({ sync, applied }: LiveStatus, now: number): readonly Row[] {
  if (sync === undefined) return [{ label: 'sync', text: 'none yet' }];
  const { outcome, routes, findings, problem, objects } = sync.event;
  const isGood = outcome === 'applied' || outcome === 'unchanged';
  const outcomeText = `${outcome} ${ago(sync.at, now)}${problem === undefined ? '' : `: ${problem}`}`;
  const found = [
    ...(findings.error > 0 ? [many(findings.error, 'error')] : []),
    ...(findings.warning > 0 ? [many(findings.warning, 'warning')] : []),
    ...(findings.info > 0 ? [many(findings.info, 'note')] : []),
  ];
  const findingMood = findings.error > 0 ? 'bad' : findings.warning > 0 ? 'worrying' : 'good';
  return [
    { label: 'sync', text: outcomeText, mood: isGood ? 'good' : 'bad' },
    { label: 'routes', text: `${routes.total} from ${many(objects, 'object')}${lastChangesText(applied?.event)}` },
    ...(applied === undefined ? [] : [{ label: 'served', text: servingText(applied, now) }]),
    { label: 'findings', text: found.length === 0 ? 'none' : found.join(', '), mood: findingMood },
  ];
}

function lastChangesText(applied: SyncEvent | undefined): string {
  if (applied === undefined) return '';
  const { added, removed, changed } = applied.routes;
  return `; last change: ${added} added, ${removed} removed, ${changed} changed`;
}

function servingText({ event, at }: { readonly event: SyncEvent; readonly at: number }, now: number): string {
  const { sinceChangeMs, durationMs } = event;
  return `${ago(at, now)}, ${spanText(sinceChangeMs)} after the change (${spanText(durationMs)} compiling and applying)`;
}

function nginxRows({ nginx }: LiveStatus, now: number): readonly Row[] {
  if (nginx === undefined) return [];
  const { action, pid, release, problem } = nginx.event;
  const who = [...(pid === undefined ? [] : [`pid ${pid}`]), ...(release === undefined ? [] : [`release ${release}`])];
  const text = [`${action} ${ago(nginx.at, now)}`, ...who, ...(problem === undefined ? [] : [problem])].join(', ');
  return [{ label: 'nginx', text, mood: action === 'started' || action === 'reloaded' ? 'good' : 'bad' }];
}

function otherRows({ publishing, published, forwards, trouble }: LiveStatus, now: number): readonly Row[] {
  const restarting = [...forwards].filter(([, state]) => state === 'restarting').map(([service]) => service);
  const leader = publishing === undefined || publishing.isLeader ? 'this instance' : publishing.holder || 'nobody';
  const addresses =
    published === undefined || published.addresses.length === 0 ? 'nothing' : published.addresses.join(', ');
  return [
    ...(publishing === undefined && published === undefined
      ? []
      : [
          {
            label: 'status',
            text: `${leader} publishes${published === undefined ? '' : ` ${addresses} for ${published.ingresses}`}`,
          },
        ]),
    ...(forwards.size === 0 ? [] : [{ label: 'forwards', text: `${forwards.size - restarting.length} up` }]),
    ...(restarting.length === 0
      ? []
      : [{ label: 'forwards', text: `restarting: ${restarting.join(', ')}`, mood: 'worrying' as const }]),
    ...(trouble === undefined
      ? []
      : [
          {
            label: 'trouble',
            text: `${trouble.event.what}: ${trouble.event.problem}, ${ago(trouble.at, now)}`,
            mood: 'bad' as const,
          },
        ]),
  ];
}

function ago(at: number, now: number): string {
  const ms = Math.max(0, now - at);
  if (ms < 1_000) return 'just now';
  return `${ms < 60_000 ? `${Math.floor(ms / 1_000)} s` : spanText(ms)} ago`;
}
