/** How nginx writes what it keeps in files for a while. */
export interface FileWriting {
  /** By threads beside the worker, which goes on meanwhile. */
  readonly isInThreads: true;
}
