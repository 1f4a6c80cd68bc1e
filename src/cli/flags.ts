import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { BACKEND_ADDRESSES } from '../compile/settings.ts';
import { parseNginxVersion } from '../nginx/version.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { ColourChoice } from './face.ts';
import { completeBackendAddress } from './backend-address.ts';
import {
  addAddress,
  addResolver,
  parseClass,
  parseClusterDomain,
  parseObjectName,
  parseObjectNameOrNone,
  parsePort,
} from './settings.ts';

export type Threshold = 'error' | 'warning' | 'info' | 'never';

/** What every command that reads manifests says about them. */
export interface FindingFlags {
  readonly color: ColourChoice;
  readonly failOn: Threshold;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** The same, for commands whose result is no text of its own form. */
export interface ReportFlags extends FindingFlags {
  readonly format: 'pretty' | 'compact' | 'json';
}

export function addInputFlags(command: Command): Command {
  return command.optionsGroup('Input:').option('--stdin-filename <name>', 'name of stdin in messages', '<stdin>');
}

export function addCompileFlags(command: Command): Command {
  return addServerFlags(addBackendFlags(addSelectionFlags(command))).hook('preAction', (_, action) => {
    const { httpPort, httpsPort } = action.opts<{ readonly httpPort: number; readonly httpsPort: number }>();
    if (httpPort !== httpsPort) return completeBackendAddress(action);
    return action.error(`error: --http-port and --https-port are both ${httpPort}; nginx needs two ports`, {
      exitCode: 2,
    });
  });
}

const BACKENDS = 'What they lead to:';
const SERVERS = 'What holds for all of them:';

/** The same for a command that is about names alone: what they do not depend on is taken, but not shown. */
export function addNameFlags(command: Command): Command {
  const { options } = addCompileFlags(command);
  for (const option of options) {
    if (option.helpGroupHeading === BACKENDS || option.helpGroupHeading === SERVERS) option.hideHelp();
  }
  return command;
}

function addSelectionFlags(command: Command): Command {
  return command
    .optionsGroup('Which Ingresses:')
    .option('--ingress-class <name>', 'class that is ours', parseClass, 'nginx')
    .option(
      '--controller-class <name>',
      'controller of IngressClasses that are ours',
      parseClass,
      'k8s.io/ingress-nginx',
    )
    .option('--watch-ingress-without-class', 'take Ingresses without a class as well');
}

function addBackendFlags(command: Command): Command {
  return command
    .optionsGroup(BACKENDS)
    .addOption(
      new Option('--backend-address <kind>', 'how backends are reached').choices(BACKEND_ADDRESSES).default('auto'),
    )
    .addOption(
      new Option('--node-address <ip>', 'node of the cluster, for node-port; repeatable')
        .argParser(addAddress)
        .default([], 'that of minikube'),
    )
    .option('--cluster-domain <name>', 'domain of Services', parseClusterDomain, 'cluster.local')
    .addOption(
      new Option('--resolver <address>', 'DNS server for names looked up at run time; repeatable')
        .argParser(addResolver)
        .default([], 'that of the cluster'),
    )
    .option('--default-backend-service <ns/name>', 'Service for what no Ingress matches', parseObjectName);
}

function addServerFlags(command: Command): Command {
  return command
    .optionsGroup(SERVERS)
    .option('--http-port <port>', 'port for HTTP', parsePort, 80)
    .option('--https-port <port>', 'port for HTTPS', parsePort, 443)
    .option(
      '--default-ssl-certificate <ns/name>',
      'Secret for hosts without a certificate, or none to refuse their handshakes',
      parseObjectNameOrNone,
    )
    .option('--controller-config <ns/name>', 'ConfigMap with the options of the controller', parseObjectName)
    .option('--tcp-services-configmap <ns/name>', 'ConfigMap of TCP ports', parseObjectName)
    .option('--udp-services-configmap <ns/name>', 'ConfigMap of UDP ports', parseObjectName);
}

export function addReportFlags(command: Command): Command {
  return addFindingFlags(
    command
      .optionsGroup('Messages, on stderr:')
      .addOption(
        new Option('--format <form>', 'form of the findings').choices(['pretty', 'compact', 'json']).default('pretty'),
      ),
  );
}

/** For commands whose `--format` is the form of their result. */
export function addFindingFlags(command: Command): Command {
  return command
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--verbose', 'also list what was left out, and why')
    .option('--quiet', 'only errors, and no summary');
}

/** Versions before 1.22 lack too much to be worth a branch. */
export function parseVersion(text: string): NginxVersion {
  const version = /^\d+\.\d+\.\d+$/.test(text) ? parseNginxVersion(text) : undefined;
  if (version === undefined) throw new InvalidArgumentError('It is written as X.Y.Z, such as 1.26.3.');
  if (version.major < 1 || (version.major === 1 && version.minor < 22)) {
    throw new InvalidArgumentError('The oldest nginx that is supported is 1.22.0.');
  }
  return version;
}

/** What `--help` of a command says at its end. */
export function examplesText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map(example => `  ${example}\n`).join('')}`;
}

export const EXIT_CODES_TEXT = `
Exit codes:
  0  fine
  1  findings at or above --fail-on, nothing was written or applied because of errors, or the answer is no
  2  wrong usage, or a path that does not exist
  3  the environment failed (disk, nginx, kubectl), or a bug of ours
`;
