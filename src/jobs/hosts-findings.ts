import type { HostAnswer, KnownHost } from '../answers/hosts.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import { entriesOf } from '../output/hosts-names.ts';
import { deadAddress, hostNameTaken } from '../output/rules/hosts.ts';

/** An address for each Ingress that leads nowhere, and was taken for want of another. */
export function deadAddresses(known: readonly KnownHost[], { lines }: HostAnswer): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const { host, ingresses, dead, deadAt } of known) {
    const [address] = dead;
    const isTaken = lines.some(line => line.host === host && line.address === address);
    if (address === undefined || deadAt === undefined || !isTaken || findings.has(deadAt.document)) continue;
    const message = `the status of ${ingresses[0] ?? 'the Ingress'} has the address ${address}, which cannot be reached from outside its virtual machine`;
    const help = 'give the address of the node: --address "$(minikube ip)"';
    findings.set(deadAt.document, { rule: deadAddress, message, help, at: deadAt });
  }
  return [...findings.values()];
}

/**
 * Hosts for which the file has another address, outside of our block.
 *
 * @param others the lines of the file without those of our block
 */
export function takenNames({ lines }: HostAnswer, file: string, others: readonly string[]): readonly Finding[] {
  const entries = entriesOf(others);
  const findings: Finding[] = [];
  for (const host of new Set(lines.map(line => line.host))) {
    const own = new Set(lines.filter(line => line.host === host).map(({ address }) => address));
    const other = entries.get(host)?.find(({ address }) => !own.has(address));
    if (other === undefined) continue;
    findings.push({
      rule: hostNameTaken,
      message: `${host} already has the address ${other.address} on this line, and gets ${[...own].join(' and ')} in the block of ingress2nginx`,
      help: 'remove the name from this line, or the host from the input',
      at: { file, line: other.line, column: 1 },
    });
  }
  return findings;
}
