/**
 * Where an nginx that the system runs keeps its things: pid file, error log and temporary folders stay what it was
 * compiled with. All paths are absolute.
 */
export interface SystemLayout {
  /** The file of its access log; that of streams lies beside it. */
  readonly accessLog: string;
  /** The file for errors; undefined where it was compiled with one, and not with stderr, which a daemon has not. */
  readonly errorLog: string | undefined;
  /** That file; undefined where it is not known. */
  readonly builtInErrorLog?: string | undefined;
  /** The file of the stream module; undefined where it is built in, or not there. */
  readonly streamModule: string | undefined;
  /** The words of its `user` directive, a name and perhaps a group; undefined: what it was compiled with. */
  readonly user: readonly string[] | undefined;
}
