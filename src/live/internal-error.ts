/** A bug of ours in the words of a log line, where it must not end what runs for long. */
export function internalError(error: unknown): string {
  return `internal error: ${error instanceof Error ? error.message : String(error)}`;
}
