import type { BackendRef, HostRef } from '../cluster/backend-ref.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Destination, Protocol, Target } from '../routing/model.ts';
import type { SecretFile } from '../routing/secret-files.ts';

/** What a family may know of a host. */
export interface ServerFacts {
  /** `_` for the default server. */
  readonly host: string;
  /** Whether a certificate is registered for it, its own or that of its wildcard. */
  readonly hasTls: boolean;
  /** The Ingress that asks. */
  readonly ingress: { readonly namespace: string; readonly name: string };
  /** Puts a file beside nginx.conf; gives its id back. */
  readonly keep: (file: SecretFile) => string;
}

/** What a family may know of the location that a policy is for. */
export interface LocationFacts extends ServerFacts {
  /** The path as its rule has it; undefined for the implicit `/` and a catch-all. */
  readonly written: string | undefined;
  /** The path of the location: that of the rule, with the slash of a folder where it is one; `/` for an implicit one. */
  readonly path: string;
  /** Whether nginx reads the paths of the host as regular expressions. */
  readonly isRegex: boolean;
  /** The location `/` of the default server that an Ingress without rules took over. */
  readonly isCatchAll: boolean;
  /** The Service that the path leads to; undefined for the default backend of the installation. */
  readonly backend: BackendRef | undefined;
  /**
   * The way to another backend than that of the path, or to the host of a URL; it is asked by HTTP, or as is said.
   * Undefined where nobody is ready there, or it is not there at all: then `at`, the field that names it, gets a finding.
   */
  readonly leadTo: (backend: BackendRef | HostRef, at: FieldRef, protocol?: Protocol) => Destination | undefined;
  /** Where requests go that no path takes: to the default backend of the installation, or to nobody. */
  readonly fallback: Destination | undefined;
}

/** The same for a policy of the location, for which it is known where the path leads by itself. */
export interface FoundFacts extends LocationFacts {
  /** Before a family led requests elsewhere. */
  readonly found: Target;
}
