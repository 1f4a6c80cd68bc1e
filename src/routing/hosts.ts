/**
 * Whether a host has a star elsewhere than for its first label, as no valid one has. What is closed has such hosts:
 * their star stands for any part of a label. They are asked before wildcard hosts.
 */
export function isHostPattern(host: string): boolean {
  return host.includes('*', host.startsWith('*.') ? 1 : 0);
}

/** An expression for the hosts that a pattern means. */
export function patternRegex(pattern: string): string {
  const parts = pattern.split('*').map(part => part.replaceAll('.', String.raw`\.`));
  return `^${parts.join(String.raw`[\w-]*`)}$`;
}
