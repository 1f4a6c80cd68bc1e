/** What a location and its Ingress are called, for logs and headers that say so. */
export interface LocationNames {
  readonly namespace: string;
  readonly ingress: string;
  /** Empty for the default backend of the installation. */
  readonly service: string;
  /** The number or the name of its port. */
  readonly port: string;
  readonly path: string;
}
