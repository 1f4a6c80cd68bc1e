import type { PortRef } from '../resources/model.ts';

/** A port of a Service, as somebody names it. */
export interface BackendRef {
  readonly namespace: string;
  readonly service: string;
  readonly port: PortRef;
}
