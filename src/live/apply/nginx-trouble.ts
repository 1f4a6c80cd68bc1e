/** What a failure of nginx to listen comes to for a person; undefined for what only nginx can say. */
export function explainListening(lines: readonly string[], ownPorts: ReadonlySet<number>): string | undefined {
  const failures = lines.flatMap(line => {
    const [, port, code] = /\bbind\(\) to \S*:(\d+) failed \((\d+):/.exec(line) ?? [];
    return port === undefined ? [] : [{ port: Number(port), code: Number(code) }];
  });
  const [first] = failures;
  if (first === undefined) return undefined;
  const { port, code } = first;
  if (code === EACCES) return `no permission for port ${port}: ${otherPort(port)}, or run as root`;
  if (!ADDRESS_IN_USE.includes(code)) return undefined;
  return ownPorts.has(port)
    ? `nginx itself holds port ${port} at another address: stop it, then apply again`
    : `another program listens on port ${port}: end it, or choose another port`;
}

/**
 * What it comes to when an nginx that runs does not know what the test has accepted: its program was upgraded since it
 * was started, `--nginx` names another one, or somebody started it without a module. Undefined for other failures.
 */
export function explainUnknown(lines: readonly string[]): string | undefined {
  return lines.some(line => /\[emerg\] .*\b(?:unknown directive|invalid parameter) "/.test(line))
    ? 'the nginx that runs is an older program than the one that tests, or lacks a module: stop it, then apply again'
    : undefined;
}

/** Whether ports are all that nginx finds fault with, and nobody but root may open these. */
export function isOnlyForbidden(stderr: string): boolean {
  const failures = stderr.split('\n').filter(line => /\[(?:emerg|alert|crit)\]/.test(line));
  return failures.length > 0 && failures.every(line => line.includes(`failed (${EACCES}:`) && line.includes('bind()'));
}

/** Linux, then macOS. */
const ADDRESS_IN_USE: readonly number[] = [98, 48];
const EACCES = 13;

function otherPort(port: number): string {
  if (port === 80) return 'choose --http-port 8080';
  if (port === 443) return 'choose --https-port 8443';
  return 'choose one above 1023';
}
