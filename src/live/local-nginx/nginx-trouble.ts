/** What a failure of nginx to listen comes to for a person; undefined for what only nginx can say. */
export function explainListening(lines: readonly string[], ownPorts: ReadonlySet<number>): string | undefined {
  const failures = lines.flatMap(line => {
    const [, address = '', port, code] = /\b(?:bind\(\) to|socket\(\)) (\S*):(\d+) failed \((\d+):/.exec(line) ?? [];
    return port === undefined
      ? []
      : [{ address: address.replaceAll(/[[\]]/g, ''), port: Number(port), code: Number(code) }];
  });
  const [first] = failures;
  if (first === undefined) return undefined;
  const { address, port, code } = first;
  if (NO_SUCH_ADDRESS.includes(code))
    return `this machine has no address ${address}: name one that it has with --listen`;
  if (code === EACCES) return `no permission for port ${port}: ${otherPort(port)}, or run as root`;
  if (!ADDRESS_IN_USE.includes(code)) return undefined;
  return ownPorts.has(port)
    ? `this nginx already listens on port ${port} at another address: stop it, then apply again`
    : `another program listens on port ${port}: stop it, or choose another port`;
}

/**
 * What it comes to when an nginx that runs does not know what the test has accepted: its program was upgraded since it
 * was started, `--nginx` names another one, or somebody started it without a module. Undefined for other failures.
 */
export function explainUnknown(lines: readonly string[]): string | undefined {
  return lines.some(line => /\[emerg\] .*\b(?:unknown directive|invalid parameter) "/.test(line))
    ? 'the running nginx is older than the one that tested, or lacks a module: stop it, then apply again'
    : undefined;
}

/** Whether sockets are all that nginx finds fault with: nobody but root may open these, or the machine cannot have them. */
export function isOnlySockets(stderr: string): boolean {
  const failures = stderr.split('\n').filter(line => /\[(?:emerg|alert|crit)\]/.test(line));
  const codes = failures.map(line => Number(/\b(?:bind|socket)\(\) .*failed \((\d+):/.exec(line)?.[1]));
  return codes.length > 0 && codes.every(code => code === EACCES || NO_SUCH_ADDRESS.includes(code));
}

/** Linux, then macOS. */
const ADDRESS_IN_USE: readonly number[] = [98, 48];
/** No such address, no IPv6 at all; Linux, then macOS. */
const NO_SUCH_ADDRESS: readonly number[] = [99, 97, 49, 47];
const EACCES = 13;

function otherPort(port: number): string {
  if (port === 80) return 'choose --http-port 8080';
  if (port === 443) return 'choose --https-port 8443';
  return 'choose one above 1023';
}
