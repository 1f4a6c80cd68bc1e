import type { Configuration } from './configuration.ts';
import type { FileSet } from './file-set.ts';

/** Files, and what the lines of their nginx.conf came from. */
export interface RenderedFiles extends FileSet {
  readonly configuration: Configuration;
}
