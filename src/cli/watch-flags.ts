import { statSync } from 'node:fs';

import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import type { PublishFlags } from './publish-flags.ts';
import { addPublishFlags } from './publish-flags.ts';
import type { CompileFlags } from './settings.ts';
import { parseNamespace, parsePort } from './settings.ts';

/** Of commands that can follow their input. */
export interface WatchFlags extends ClusterFlags, PublishFlags {
  readonly watch?: boolean;
  readonly syncRate: number;
  /** Seconds. */
  readonly resync?: number;
  readonly logFormat: 'text' | 'json';
  readonly metricsPort?: number;
}

/** Which cluster, and what of it. */
export interface ClusterFlags {
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly namespace: readonly string[];
  readonly allNamespaces?: boolean;
  readonly kubectl?: string;
}

const WATCH_NAMES = ['syncRate', 'resync', 'logFormat', 'metricsPort', 'stopOnExit'] as const;
const KUBECTL_NAMES = ['context', 'kubeconfig', 'kubectl'] as const;
const SCOPE_NAMES = ['namespace', 'allNamespaces', 'publishStatusAddress', 'leaderElectionNamespace'] as const;
const CLUSTER_NAMES = [...KUBECTL_NAMES, ...SCOPE_NAMES];
const ONE_SHOT_NAMES = ['format', 'stdinFilename', 'dryRun'] as const;

export function addWatchFlags(command: Command): Command {
  return addPublishFlags(addClusterFlags(addLoopFlags(command)));
}

/** The same for a command that runs nginx. */
export function addServingWatchFlags(command: Command): Command {
  return addPublishFlags(addClusterFlags(addLoopFlags(command).option('--stop-on-exit', 'stop nginx on exit')));
}

function addLoopFlags(command: Command): Command {
  return command
    .optionsGroup('Watching:')
    .option('--watch', 'keep running and follow the files, or without a path the cluster of kubectl')
    .option('--sync-rate <n>', 'maximum syncs per second', parseRate, 1)
    .option('--resync <seconds>', 'full resync interval (default: 300 for a cluster, never for files)', parseSeconds)
    .addOption(new Option('--log-format <format>', 'log format, on stderr').choices(['text', 'json']).default('text'))
    .option('--metrics-port <port>', 'serve /metrics, /healthz and /readyz on 127.0.0.1', parsePort);
}

function addClusterFlags(command: Command): Command {
  return addKubectlFlags(command, 'Cluster, for --watch without a path and for port-forward:');
}

/** Which cluster is read, and what of it. */
export function addKubectlFlags(command: Command, heading: string): Command {
  return command
    .optionsGroup(heading)
    .option('--context <name>', 'kubeconfig context')
    .option('--kubeconfig <file>', 'kubeconfig file')
    .addOption(
      new Option('-n, --namespace <name>', 'namespace to follow; repeatable')
        .argParser(addNamespace)
        .default([], 'all'),
    )
    .addOption(
      new Option('-A, --all-namespaces', 'follow all namespaces (the default without -n)').conflicts('namespace'),
    )
    .option('--kubectl <path>', 'kubectl binary');
}

/** Whether somebody says which cluster is to be followed, so that no files are meant. */
export function asksForCluster(command: Command): boolean {
  const { watch, backendAddress } = command.opts<WatchFlags & CompileFlags>();
  // The forwards of files need kubectl, too.
  const names = backendAddress === 'port-forward' ? SCOPE_NAMES : CLUSTER_NAMES;
  return watch === true && names.some(name => ['cli', 'env'].includes(command.getOptionValueSource(name) ?? ''));
}

/** Ends the command where flags do not go together. */
export function checkWatchFlags(command: Command, paths: readonly string[]): void {
  const flags = command.opts<WatchFlags & CompileFlags>();
  const { watch, backendAddress, publishStatusAddress } = flags;
  const refuse = (problem: string): void => command.error(`error: ${problem}`, { exitCode: 2 });
  const given = (names: readonly string[]): string | undefined => {
    const name = names.find(key => command.getOptionValueSource(key) === 'cli');
    return command.options.find(option => option.attributeName() === name)?.long;
  };
  if (watch !== true) {
    const flag = given([...WATCH_NAMES, ...CLUSTER_NAMES]);
    if (flag !== undefined) refuse(`${flag} needs --watch`);
    return;
  }
  const other = given(ONE_SHOT_NAMES);
  const instead = other === '--format' ? '; use --log-format' : '';
  if (other !== undefined) refuse(`${other} cannot be used with --watch${instead}`);
  // The forwards of files need kubectl, too.
  const ofCluster = given(backendAddress === 'port-forward' ? SCOPE_NAMES : CLUSTER_NAMES);
  if (paths.length > 0 && ofCluster !== undefined)
    refuse(`${ofCluster} is for clusters and cannot be used with a path`);
  if (given(['leaderElectionNamespace']) !== undefined && publishStatusAddress === undefined) {
    refuse('--leader-election-namespace needs --publish-status-address');
  }
  for (const path of paths) {
    if (path === '-') refuse('stdin cannot be watched: give files or folders, or no path for the cluster');
    if (isStream(path)) refuse(`${JSON.stringify(path)} cannot be watched: it is neither a file nor a folder`);
  }
}

/** Whether something stands there that is neither a file nor a folder. */
export function isStream(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats !== undefined && !stats.isFile() && !stats.isDirectory();
  } catch {
    return false; // what is wrong with the path is said when it is read
  }
}

function parseRate(text: string): number {
  const rate = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (rate < 0.001 || rate > 1_000) throw new InvalidArgumentError('Use a number from 0.001 to 1000, such as 0.5.');
  return rate;
}

/** A timer of Node holds no more than 24 days. */
const LONGEST_SECONDS = 86_400 * 24;

function parseSeconds(text: string): number {
  const seconds = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > LONGEST_SECONDS) {
    throw new InvalidArgumentError(`Use a number of seconds from 1 to ${LONGEST_SECONDS}.`);
  }
  return seconds;
}

function addNamespace(text: string, earlier: readonly string[]): readonly string[] {
  return [...new Set([...earlier, parseNamespace(text)])];
}
