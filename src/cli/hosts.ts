import type { HostAnswer, HostLine } from '../answers/hosts.ts';
import { many } from '../diagnostics/words.ts';
import type { Hold } from '../jobs/hold.ts';
import { withheldBy } from '../jobs/hold.ts';
import type { FoundHosts } from '../jobs/hosts.ts';
import { hostsOf } from '../jobs/hosts.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { HostsFileResult } from '../output/hosts-file.ts';
import { updateHostsFile } from '../output/hosts-file.ts';
import { hostsFileLines, hostsJson } from '../report/hosts-text.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { reportFindings } from './findings.ts';
import type { FindingFlags, ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
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

/** Prints the lines, or writes them. */
export async function hosts(input: InputRequest, flags: HostsFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'refused') return loading.code;
  const { address, hostsFile: file = SYSTEM_HOSTS_FILE, write: isForFile = false } = flags;
  const found = await hostsOf({ loaded: loading.loaded, address, file, isForFile });
  const { loaded, answer } = found;
  const notes = notesOf(found);
  if (isForFile) return write(loaded, answer, { flags, notes });
  print(flags.format === 'json' ? hostsJson(answer) : textOf(answer));
  return reportFindings({ ...loaded, notes }, reportFlags(flags));
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

function textOf({ lines }: HostAnswer): string {
  return hostsFileLines(lines)
    .map(line => `${line}\n`)
    .join('');
}

const SOURCES = {
  flag: 'from --address',
  status: 'from the status of the Ingress',
  minikube: 'from minikube ip',
  loopback: 'the default: neither a status nor minikube gives an address; see --address',
} as const satisfies Readonly<Record<HostLine['source'], string>>;

function notesOf({ answer: { lines, leftOut }, minikubeProblem }: FoundHosts): readonly string[] {
  const origins = new Map<string, number>();
  for (const { address, source } of lines) {
    const origin = `${address}, ${SOURCES[source]}`;
    origins.set(origin, (origins.get(origin) ?? 0) + 1);
  }
  return [
    ...(minikubeProblem === undefined ? [] : [`minikube ip gave no address: ${minikubeProblem}`]),
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
