import { hostname, networkInterfaces } from 'node:os';

import type { HostAnswer, HostLine, KnownHost, Machine, StatusOf } from '../answers/hosts.ts';
import { hostLines, knownHosts, needsAddress } from '../answers/hosts.ts';
import { noIngress } from '../compile/rules/selection.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Hold } from '../jobs/hold.ts';
import { withheldBy } from '../jobs/hold.ts';
import { minikubeAddress } from '../live/minikube.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { HostsFileResult } from '../output/hosts-file.ts';
import { linesOfOthers, updateHostsFile } from '../output/hosts-file.ts';
import { namesOfMachine } from '../output/hosts-names.ts';
import { hostsFileLines, hostsJson } from '../report/hosts-text.ts';
import { many } from '../diagnostics/words.ts';
import { loadBalancerOf } from '../resources/load-balancer.ts';
import type { ExitCode } from './face.ts';
import { print, refuseMissing, tell } from './face.ts';
import { reportFindings } from './findings.ts';
import type { FindingFlags, ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { deadAddresses, takenNames } from './hosts-findings.ts';
import { interruptible } from './interrupt.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';
import { withheldText, wordsOf } from './withheld-text.ts';

export interface HostsFlags extends CompileFlags, FindingFlags, Hold {
  readonly stdinFilename: string;
  readonly address?: string;
  readonly write?: boolean;
  readonly remove?: boolean;
  readonly hostsFile?: string;
  readonly format: 'text' | 'json';
}

const SYSTEM_HOSTS_FILE = '/etc/hosts';
const LOOPBACK: Omit<HostLine, 'host'> = { address: '127.0.0.1', source: 'loopback' };

/** Prints the lines, or writes them. */
export async function hosts(input: InputRequest, flags: HostsFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  const { loaded } = loading;
  const statuses = new Map(loaded.documents.map(({ id, value }) => [id, value]));
  const statusOf: StatusOf = id =>
    flags.address === undefined ? loadBalancerOf(statuses.get(id)) : { ips: [], hostnames: [] };
  const file = flags.hostsFile ?? SYSTEM_HOSTS_FILE;
  const others = linesOfOthers(file);
  const isRefused = refusedIn(loaded);
  const known = knownHosts(loaded.routing, statusOf, thisMachine(others)).filter(
    ({ ingresses }) => !ingresses.every(isRefused),
  );
  const { elsewhere, remarks } = await addressElsewhere(known, flags);
  const answer = hostLines(known, elsewhere);
  const notes = [...remarks, ...notesOf(answer)];
  for (const found of deadAddresses(known, answer)) loaded.report(found);
  if (flags.write === true) for (const found of takenNames(answer, file, others)) loaded.report(found);
  const found = { ...loaded, diagnostics: loaded.diagnostics.filter(isOfHosts) };
  if (flags.write === true) return write(found, answer, { flags, notes });
  print(flags.format === 'json' ? hostsJson(answer) : textOf(answer));
  return reportFindings({ ...found, notes }, reportFlags(flags));
}

/** Hosts of what is refused are closed by nginx, some of them by a guess: no name leads to them. */
function refusedIn({ ingresses }: Loaded): (ingress: string) => boolean {
  const refused = ingresses.filter(ingress => ingress.isRefused);
  const names = new Set(refused.map(objectText));
  return ingress => names.has(ingress);
}

function thisMachine(others: readonly string[]): Machine {
  const addresses = Object.values(networkInterfaces()).flatMap(all => (all ?? []).map(({ address }) => address));
  return { names: namesOfMachine(hostname(), others), addresses: new Set(addresses) };
}

/** Takes the block out of the file; no manifests are read. */
export async function removeHosts(flags: HostsFlags): Promise<ExitCode> {
  const { path, result } = await update([], flags);
  const problem = problemOf(path, result);
  if (problem !== undefined) {
    tell('trouble', problem.text);
    return problem.code;
  }
  const change = result.kind === 'written' ? 'written' : 'unchanged';
  if (flags.format === 'json') print(hostsJson({ lines: [], leftOut: [] }, { path, change }));
  else if (flags.quiet !== true) tell('note', `${path}: ${change === 'written' ? 'block removed' : 'has no block'}`);
  return 0;
}

/**
 * Names need Ingresses alone, which is what people hand over: that a Secret or a Service is missing says nothing about
 * them.
 */
function isOfHosts({ rule }: Diagnostic): boolean {
  return rule === noIngress || rule.id.startsWith('I2N1');
}

function textOf({ lines }: HostAnswer): string {
  return hostsFileLines(lines)
    .map(line => `${line}\n`)
    .join('');
}

interface Elsewhere {
  readonly elsewhere: Omit<HostLine, 'host'>;
  readonly remarks: readonly string[];
}

/** The address of hosts whose status has none. minikube takes a second: it is asked only for them. */
async function addressElsewhere(known: readonly KnownHost[], { address }: HostsFlags): Promise<Elsewhere> {
  if (address !== undefined) return { elsewhere: { address, source: 'flag' }, remarks: [] };
  if (!known.some(needsAddress)) return { elsewhere: LOOPBACK, remarks: [] };
  const answer = await minikubeAddress();
  switch (answer.kind) {
    case 'address':
      return { elsewhere: { address: answer.address, source: 'minikube' }, remarks: [] };
    case 'absent':
      return { elsewhere: LOOPBACK, remarks: [] };
    case 'failed':
      return { elsewhere: LOOPBACK, remarks: [`minikube ip gave no address: ${answer.problem}`] };
  }
}

const SOURCES = {
  flag: 'from --address',
  status: 'from the status of the Ingress',
  minikube: 'from minikube ip',
  loopback: 'the default: neither a status nor minikube gives an address; see --address',
} as const satisfies Readonly<Record<HostLine['source'], string>>;

function notesOf({ lines, leftOut }: HostAnswer): readonly string[] {
  const origins = new Map<string, number>();
  for (const { address, source } of lines) {
    const origin = `${address}, ${SOURCES[source]}`;
    origins.set(origin, (origins.get(origin) ?? 0) + 1);
  }
  return [
    ...[...origins].map(([origin, count]) => `${many(count, 'host gets', 'hosts get')} ${origin}`),
    ...leftOut.map(({ host, reason }) => `skipped: ${host}: ${reason}`),
  ];
}

interface Writing {
  readonly flags: HostsFlags;
  readonly notes: readonly string[];
}

async function write(loaded: Loaded, answer: HostAnswer, { flags, notes }: Writing): Promise<ExitCode> {
  const withheld = withheldBy(loaded, flags);
  if (withheld !== undefined) {
    const end = { notes: [], withheld: withheldText('nothing was written', wordsOf(withheld)) };
    await reportFindings({ ...loaded, ...end }, reportFlags(flags));
    return 1;
  }
  const { path, result } = await update(hostsFileLines(answer.lines), flags);
  if (result.kind === 'kept') {
    const nothing = `no host in the input has an address, but ${path} has ${many(result.lines, 'line')} of ingress2nginx`;
    const text = withheldText('nothing was written', { reason: nothing, advice: 'use --allow-empty to remove them' });
    await reportFindings({ ...loaded, notes, withheld: text }, reportFlags(flags));
    return 1;
  }
  const failure = problemOf(path, result);
  const done = `${path}: ${result.kind === 'written' ? `${many(answer.lines.length, 'line')} written` : 'unchanged'}`;
  const all = failure === undefined ? [...notes, done] : notes;
  const code = await reportFindings({ ...loaded, notes: all, problem: failure?.text }, reportFlags(flags));
  if (failure !== undefined) return failure.code;
  const change = result.kind === 'written' ? 'written' : 'unchanged';
  if (flags.format === 'json') print(hostsJson(answer, { path, change }));
  return code;
}

/** Programs that read the list read the findings as well. */
function reportFlags(flags: HostsFlags): ReportFlags {
  return { ...flags, format: flags.format === 'json' ? 'json' : 'pretty' };
}

function update(
  lines: readonly string[],
  { hostsFile: path = SYSTEM_HOSTS_FILE, allowEmpty, remove }: HostsFlags,
): Promise<{ readonly path: string; readonly result: HostsFileResult }> {
  const mayEmpty = allowEmpty === true || remove === true;
  // A signal in between would leave half of it behind.
  return interruptible(() =>
    Promise.resolve({ path, result: updateHostsFile(path, lines, { mayEmpty, run: THIS_RUN }) }),
  );
}

interface Failure {
  readonly code: ExitCode;
  readonly text: string;
}

function problemOf(path: string, result: HostsFileResult): Failure | undefined {
  switch (result.kind) {
    case 'written':
    case 'unchanged':
    case 'kept':
      return undefined;
    case 'refused':
      return { code: 1, text: `${path} ${result.problem}; nothing was written` };
    case 'forbidden': {
      const advice = process.getuid?.() === 0 ? '' : '; run the same command with sudo';
      return { code: 3, text: `${path} was not written: ${result.problem}${advice}` };
    }
    case 'failed':
      return { code: 3, text: `${path} was not written: ${result.problem}` };
  }
}
