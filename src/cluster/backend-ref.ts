import type { PortRef } from '../resources/model.ts';

/** A port of a Service, as somebody names it. */
export interface BackendRef {
  readonly namespace: string;
  readonly service: string;
  readonly port: PortRef;
}

/** A host that a URL names: an address, or a name, which may be that of a Service in the domain of the cluster. */
export interface HostRef {
  /** In lower case, without a dot at its end. */
  readonly host: string;
  readonly port: number;
}
