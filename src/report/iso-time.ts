/** `2026-11-25T14:03:07Z`, of milliseconds since 1970. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
