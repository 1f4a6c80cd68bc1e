import type { Provenance } from '../diagnostics/provenance.ts';
import type { ControllerVersion } from './controller-version.ts';
import type { NginxModuleName } from './nginx-modules.ts';

/** Which snippets are taken: none, those of the language of docs/snippets.md, or all but what is forbidden. */
export const SNIPPET_MODES = ['none', 'safe', 'all'] as const;

export type SnippetMode = (typeof SNIPPET_MODES)[number];

/** The options of the controller's ConfigMap. What reads them is given its own, with their types. */
export interface ControllerConfig {
  /** Every option that is built, by name: its value, or its default. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the options are written that have a value which their type takes. */
  readonly written: ReadonlyMap<string, Provenance>;
  /** As a flag says, else as the ConfigMap allows; missing: none. */
  readonly snippets?: SnippetMode;
  /** The modules that nginx has besides those of a stock one; missing: none. */
  readonly modules?: ReadonlySet<NginxModuleName>;
  /** The version of the controller that the manifests are for; missing: the one of today. */
  readonly controllerVersion?: ControllerVersion;
}
