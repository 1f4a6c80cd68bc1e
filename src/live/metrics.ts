import type { EventSink } from './events.ts';

export type MetricsOpening =
  | { readonly kind: 'open'; readonly emit: EventSink; readonly close: () => Promise<void> }
  | { readonly kind: 'failed'; readonly problem: string };

export async function openMetrics(port: number): Promise<MetricsOpening> {
  await Promise.resolve();
  return { kind: 'failed', problem: `not built yet: ${port}` };
}
