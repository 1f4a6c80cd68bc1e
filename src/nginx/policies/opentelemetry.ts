import { bareWord, patternKey, quoteParts, variable } from '../quote.ts';

import type { Declarations } from '../declarations.ts';
import type { HttpRenderer, LocationRenderer, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Opentelemetry, OpentelemetryCollector } from '../../routing/policies/opentelemetry.ts';

const ON = bareWord('on');
const OFF = bareWord('off');

/** Whether a request is traced: for all the same, by chance, or as whoever began the trace has decided. */
function traced({ percent, followsParent }: OpentelemetryCollector, declare: Declarations): Quoted {
  const own = percent === 100 ? ON : percent === 0 ? OFF : chance(percent, declare);
  if (!followsParent) return own;
  const of = quoteParts([{ variable: 'otel_parent_id' }, { text: ' ' }, { variable: 'otel_parent_sampled' }], declare);
  const rows = [
    [patternKey('\\S 1$'), ON],
    [patternKey('\\S 0$'), OFF],
  ] as const;
  return declare.map({ name: 'otel_traced', of, rows, otherwise: own });
}

function chance(percent: number, declare: Declarations): Quoted {
  const shares = [[String(percent), ON]] as const;
  return declare.splitClients({ name: 'otel_sampled', of: variable('otel_trace_id'), shares, otherwise: OFF });
}

function linesView({ isOn, collector, spanName, trusts }: Opentelemetry, declare: Declarations): View {
  if (!isOn) return { traced: OFF, context: undefined, spanName: undefined };
  return {
    traced: traced(collector, declare),
    context: bareWord(trusts ? 'propagate' : 'inject'),
    spanName: spanName === undefined ? undefined : bareWord(spanName),
  };
}

/** What the module needs wherever a request is traced. */
function declareCollector({ host, port, ...rest }: OpentelemetryCollector, { declare }: Tools): void {
  declare.module('opentelemetry');
  const { serviceName, intervalMs, batchSize, batchCount } = rest;
  const view = {
    endpoint: bareWord(`${host}:${port}`),
    service: bareWord(serviceName),
    interval: bareWord(`${intervalMs}ms`),
    batchSize,
    batchCount,
  };
  declare.once('policies/opentelemetry.collector.http.conf', view);
}

export const renderOpentelemetryOfAll: HttpRenderer<'opentelemetry'> = (asks, tools) => {
  declareCollector(asks.collector, tools);
  return { clients: tools.text('policies/opentelemetry.http.conf', linesView(asks, tools.declare)) };
};

export const renderOpentelemetry: LocationRenderer<'opentelemetry'> = (asks, tools) => {
  declareCollector(asks.collector, tools);
  return { location: { always: tools.text('policies/opentelemetry.conf', linesView(asks, tools.declare)) } };
};
