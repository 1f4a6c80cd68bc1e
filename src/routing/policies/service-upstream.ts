/** Requests for a Service go to the address that the cluster gave it, which hands them to its endpoints. */
export interface ServiceUpstream {
  readonly to: 'cluster-ip';
}
