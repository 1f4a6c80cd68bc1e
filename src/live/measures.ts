import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

import type { EventSink, InputState, SyncEvent } from './events.ts';

const INPUT_STATES: readonly InputState[] = ['listing', 'watching', 'retrying', 'forbidden', 'absent'];
const OUTCOMES: readonly SyncEvent['outcome'][] = ['applied', 'unchanged', 'withheld', 'failed'];
/** Seconds: from a small input that only renders to a reload that waits. */
const DURATIONS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Registers all measures. What is returned keeps them up to date. */
export function defineMeasures(registry: Registry): EventSink {
  const registers = [registry];
  const syncs = new Counter({
    name: 'ingress2nginx_syncs_total',
    help: 'Syncs of the input to nginx, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  // A rate of something that never happened shall be 0, not missing.
  for (const outcome of OUTCOMES) syncs.inc({ outcome }, 0);
  const duration = new Histogram({
    name: 'ingress2nginx_sync_duration_seconds',
    help: 'Duration of syncs.',
    buckets: DURATIONS,
    registers,
  });
  const sinceChange = new Histogram({
    name: 'ingress2nginx_change_to_serving_seconds',
    help: 'Time from the first change of a sync until the change is served.',
    buckets: DURATIONS,
    registers,
  });
  const lastSuccess = new Gauge({
    name: 'ingress2nginx_last_success_timestamp_seconds',
    help: 'Unix time of the last successful sync.',
    registers,
  });
  const gauges = defineGauges(registers);
  const reloads = new Counter({
    name: 'ingress2nginx_nginx_reloads_total',
    help: 'Number of nginx reloads.',
    registers,
  });
  return event => {
    gauges(event);
    if (event.kind === 'nginx' && event.action === 'reloaded') reloads.inc();
    if (event.kind !== 'synced') return;
    const { outcome, durationMs, sinceChangeMs } = event;
    syncs.inc({ outcome });
    duration.observe(durationMs / 1_000);
    if (outcome === 'applied') sinceChange.observe(sinceChangeMs / 1_000);
    if (outcome === 'applied' || outcome === 'unchanged') lastSuccess.set(Date.now() / 1_000);
  };
}

function defineGauges(registers: Registry[]): EventSink {
  const objects = new Gauge({
    name: 'ingress2nginx_objects',
    help: 'Objects read from the input, by type; for the type files, the number of files.',
    labelNames: ['type'],
    registers,
  });
  const routes = new Gauge({ name: 'ingress2nginx_routes', help: 'Routes being served.', registers });
  const findings = new Gauge({
    name: 'ingress2nginx_findings',
    help: 'Findings of the last sync, by severity.',
    labelNames: ['severity'],
    registers,
  });
  const leader = new Gauge({
    name: 'ingress2nginx_leader',
    help: '1 if this instance is the leader and publishes the Ingress status, else 0.',
    registers,
  });
  const watchState = new Gauge({
    name: 'ingress2nginx_watch_state',
    help: 'State of the watch of each type: 1 for its current state, 0 for the others.',
    labelNames: ['type', 'state'],
    registers,
  });
  return event => {
    if (event.kind === 'leader') leader.set(event.isLeader ? 1 : 0);
    if (event.kind === 'input') {
      objects.set({ type: event.type }, event.objects);
      for (const state of INPUT_STATES) watchState.set({ type: event.type, state }, state === event.state ? 1 : 0);
    }
    if (event.kind !== 'synced') return;
    routes.set(event.routes.total);
    for (const severity of ['error', 'warning', 'info'] as const) findings.set({ severity }, event.findings[severity]);
  };
}
