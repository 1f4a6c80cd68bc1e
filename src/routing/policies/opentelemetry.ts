/** Traces of requests, and where they are collected. */
export interface Opentelemetry {
  readonly isOn: boolean;
  readonly collector: OpentelemetryCollector;
  /** Of spans; undefined: as for all hosts, or the path of the location. */
  readonly spanName: string | undefined;
  /** Whether traces that clients began are continued. */
  readonly trusts: boolean;
}

export interface OpentelemetryCollector {
  /** A host name or an address, in brackets if it is IPv6. */
  readonly host: string;
  readonly port: number;
  readonly serviceName: string;
  /** How many of a hundred requests are traced, with at most two decimals. */
  readonly percent: number;
  /** A trace that was begun elsewhere is traced if it was there. */
  readonly followsParent: boolean;
  /** Milliseconds between two deliveries at most. */
  readonly intervalMs: number;
  /** Spans. */
  readonly batchSize: number;
  /** Deliveries that may wait. */
  readonly batchCount: number;
}
