import type { CompileSettings } from '../../compile/settings.ts';
import type { Levels } from '../../findings/levels.ts';
import type { Exclude } from '../../input/exclusion.ts';
import type { KubectlFlags } from '../../live/kubectl/kubectl.ts';
import type { StatusAddress } from '../../live/publish/address.ts';
import type { Endings } from './endings.ts';
import type { WatchView } from './session.ts';

/** What is followed, how often it is compiled, and what runs beside it. */
export interface WatchRequest {
  readonly source: WatchedPaths | WatchedCluster;
  /** Of the cluster that is followed, or that forwards lead to. */
  readonly kubectl: KubectlFlags;
  /** Asked before each compilation: time goes on, and so does the machine. */
  readonly settings: () => CompileSettings;
  /** What the user makes of rules. */
  readonly levels: Levels;
  /** Files that hold nothing are meant so. */
  readonly allowEmpty: boolean | undefined;
  readonly syncsPerSecond: number;
  /** Everything is read again after so long; undefined: a cluster by its own clock, files never. */
  readonly resyncSeconds: number | undefined;
  /** Writes the status of the Ingresses of a cluster. */
  readonly publish: PublishOptions | undefined;
  readonly view: WatchView;
  /** Gets the end of all that is opened; whoever made it ends it. */
  readonly endings: Endings;
  /** Aborted when the watch shall end. */
  readonly signal: AbortSignal;
}

export interface WatchedPaths {
  readonly kind: 'paths';
  /** Files, folders and patterns. */
  readonly paths: readonly string[];
  /** What is left out of folders and patterns. */
  readonly exclude?: Exclude | undefined;
}

export interface WatchedCluster {
  readonly kind: 'cluster';
  /** Empty for all. */
  readonly namespaces: readonly string[];
}

export interface PublishOptions {
  /** `auto`: the address of this machine towards the API server. */
  readonly addresses: 'auto' | readonly StatusAddress[];
  /** Where the Lease of the election lies; undefined for the one namespace that is watched, else `default`. */
  readonly leaseNamespace: string | undefined;
}
