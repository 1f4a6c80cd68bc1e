import type { RouteRow } from '../../answers/routes.ts';
import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import type { FileSet } from '../../nginx/file-set.ts';
import type { SystemLayout } from '../../nginx/layout.ts';
import type { NginxVersion } from '../../nginx/version.ts';
import type { NginxVerdict } from '../local-nginx/nginx-test.ts';

/** A configuration that shall be served, and what `status` and `--dry-run` say about it later. */
export interface Candidate {
  readonly files: FileSet;
  readonly routes: readonly RouteRow[];
  /** Of these, without brackets, and of all of them, these TCP ports must be open when it is served. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

/** What an attempt to serve came to. In all but the first two kinds the earlier release is served, if there was one. */
export type ApplyOutcome =
  | { readonly kind: 'unchanged'; readonly release: string; readonly pid: number }
  | {
      readonly kind: 'serving';
      readonly action: 'started' | 'reloaded';
      readonly release: string;
      readonly pid: number;
      readonly workers: number;
      /** What nginx warned of, as `nginx -t` says it, paths relative to the release; nothing where that was said before. */
      readonly stderr: string;
    }
  /** nginx says no, as `nginx -t` says it. Paths in stderr are relative to the release. */
  | { readonly kind: 'refused'; readonly stderr: string }
  /** `nginx -t` says yes, or nothing; starting or reloading failed. `stderr` is what nginx said, perhaps nothing. */
  | {
      readonly kind: 'rolled-back';
      readonly problem: string;
      readonly stderr: string;
      /** The release that was seen serving again; undefined when that was not seen, or there was none. */
      readonly restored: string | undefined;
      /** Of the nginx that runs in the end, with whatever it loaded last; undefined when none does. */
      readonly pid: number | undefined;
    }
  | Interruption
  | Failure;

/** One nginx and the folder that it is served from. Holds the lock of the folder until it is closed. */
export interface Applier {
  readonly version: NginxVersion | undefined;
  /** Of an nginx that the system runs; undefined for one of our own. */
  readonly layout: SystemLayout | undefined;
  /** The release that is current, with what was recorded about it; undefined before the first. */
  current(): CurrentRelease | undefined;
  /** Whether nginx accepts the files; changes nothing. */
  test(files: FileSet, signal: AbortSignal): Promise<NginxVerdict>;
  apply(candidate: Candidate, signal: AbortSignal): Promise<ApplyOutcome>;
  /** Back to the release before the current one, or to the one named. */
  rollback(release: string | undefined, signal: AbortSignal): Promise<ApplyOutcome>;
  /** Serves the current release again, after a stop or a reboot; leaves an nginx that serves it alone. */
  start(signal: AbortSignal): Promise<ApplyOutcome>;
  /** Starts nginx with the current release again if it is gone; undefined when it runs. */
  revive(signal: AbortSignal): Promise<ApplyOutcome | undefined>;
  /** Ends nginx after it finished its requests; false when none ran. */
  stopNginx(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

export interface CurrentRelease {
  readonly id: string;
  /** Milliseconds since 1970: when it began to be served. */
  readonly since: number;
  /** The absolute folder with its files. */
  readonly folder: string;
  readonly routes: readonly RouteRow[];
}
