import type { ObjectName } from '../diagnostics/place.ts';

/** A file to write below the output folder. */
export interface OutputFile {
  /** Relative, with `/`, made only of names that the render stage checked. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** 0600 and never printed, if set. */
  readonly isSecret: boolean;
  /** The objects that it was made from, in the order of their texts. */
  readonly from: readonly ObjectName[];
}

/** All of a rendered configuration. `files` is sorted by path; `folders` must exist, empty, for nginx to start. */
export interface FileSet {
  readonly files: readonly OutputFile[];
  readonly folders: readonly string[];
  /** The routing behind it, as a line of JSON without a secret; missing where nobody will ask for it. */
  readonly record?: string;
}

/** The text of its nginx.conf. */
export function confOf({ files }: FileSet): string {
  const conf = files.find(file => file.path === 'nginx.conf');
  if (conf === undefined) throw new Error('the render stage made no nginx.conf');
  return new TextDecoder().decode(conf.bytes);
}
