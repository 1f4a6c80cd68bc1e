import type { Destination } from '../model.ts';

/** Answers of another backend in place of errors. */
export interface CustomErrors {
  /** The statuses that are replaced: sorted, without doubles, 300 to 599. May be empty where the backend stands in. */
  readonly statuses: readonly number[];
  /** Those that the backend answers are, too; else only those that nginx makes itself. */
  readonly intercepts: boolean;
  /** Where the answers come from; undefined: from nobody, the status is 404. */
  readonly to: Destination | undefined;
  /** What the backend of the answers is told of the location. */
  readonly source: ErrorSource;
  /** The location leads to such a backend already, since nobody is ready behind its own. */
  readonly isStandIn: boolean;
}

/** Where an error comes from: names of Kubernetes, without slashes. */
export interface ErrorSource {
  readonly namespace: string;
  readonly ingress: string;
  /** Empty for the default backend of the installation. */
  readonly service: string;
  /** As the rule has it, by number or by name. */
  readonly port: string;
}
