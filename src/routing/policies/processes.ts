/** How many workers nginx has, and what each of them may hold. */
export interface Processes {
  /** Undefined: one for each processor. */
  readonly workers: number | undefined;
  /** Words of nginx's `worker_cpu_affinity`: masks, or `auto` and perhaps one mask. */
  readonly affinity: readonly string[];
  /** Of each worker, to clients and backends together. */
  readonly connections: number;
  /** Of each worker, connections among them. */
  readonly openFiles: number;
  /** Whether a worker takes all new connections at once. */
  readonly acceptsMany: boolean;
}
