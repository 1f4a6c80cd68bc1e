import type { Values } from '../options/option.ts';
import { redirectOptions } from './redirect.ts';
import { authOptions } from './auth.ts';
import { tlsOptions } from './tls.ts';
import { upstreamOptions } from './upstream.ts';
import { workerOptions } from './worker.ts';
import { plannedOptions } from './planned.ts';

/** The options of the controller's ConfigMap that are built, one file a group. */
export const options = { ...redirectOptions, ...authOptions, ...tlsOptions, ...upstreamOptions, ...workerOptions };

/** What holds for all Ingresses: every option has a value. */
export type ControllerOptions = Values<typeof options>;

/** Every option that the controller knows: for telling the misspelt from the not yet built. */
export function knownOptions(): ReadonlySet<string> {
  return new Set([...Object.keys(options), ...Object.keys(plannedOptions)]);
}
