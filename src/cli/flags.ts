import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { BACKEND_ADDRESSES, SNIPPET_MODES } from '../compile/settings.ts';
import type { Threshold } from '../jobs/hold.ts';
import { parseNginxVersion } from '../nginx/version.ts';
import type { NginxVersion } from '../nginx/version.ts';
import { wrapTokens } from '../report/wrap.ts';
import type { ColourChoice } from './face.ts';
import { wrapColumns } from './face.ts';
import { completeBackendAddress } from './backend-address.ts';
import { addConfigFlags, addExcludeFlag } from './exclude-flags.ts';
import { completeListen } from './listen.ts';
import { addWorldFlags } from './world-flags.ts';
import {
  addAddress,
  addListen,
  addNginxModule,
  addResolver,
  parseAnnotationsPrefix,
  parseClass,
  parseClusterDomain,
  parseObjectName,
  parseObjectNameOrNone,
  parsePort,
} from './settings.ts';

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
  command.optionsGroup('Input:').option('--stdin-filename <name>', 'name of stdin in messages', '<stdin>');
  return addConfigFlags(addWorldFlags(addExcludeFlag(command)));
}

export function addCompileFlags(command: Command): Command {
  return addServerFlags(addBackendFlags(addSelectionFlags(command))).hook('preAction', (_, action) => {
    const { httpPort, httpsPort } = action.opts<{ readonly httpPort: number; readonly httpsPort: number }>();
    completeListen(action);
    if (httpPort !== httpsPort) return completeBackendAddress(action);
    return action.error(`error: --http-port and --https-port are both ${httpPort}; nginx needs two ports`, {
      exitCode: 2,
    });
  });
}

const BACKENDS = 'Backends:';
const SERVERS = 'Global settings:';

/** The same for a command that is about names alone: what they do not depend on is taken, but not shown. */
export function addNameFlags(command: Command): Command {
  const { options } = addCompileFlags(command);
  for (const option of options) {
    if (option.helpGroupHeading === BACKENDS || option.helpGroupHeading === SERVERS) option.hideHelp();
  }
  return command;
}

function addSelectionFlags(command: Command): Command {
  const selection = command
    .optionsGroup('Ingress selection:')
    .option('--ingress-class <name>', 'ingress class to handle', parseClass, 'nginx')
    .option(
      '--controller-class <name>',
      'spec.controller of the IngressClasses to handle',
      parseClass,
      'k8s.io/ingress-nginx',
    )
    .option('--watch-ingress-without-class', 'also handle Ingresses without a class');
  return addAnnotationsPrefixFlag(selection);
}

export function addAnnotationsPrefixFlag(command: Command): Command {
  return command.option(
    '--annotations-prefix <prefix>',
    'what stands before the slash of the annotations to read',
    parseAnnotationsPrefix,
    'nginx.ingress.kubernetes.io',
  );
}

/** What the commands about annotations and options have in common. */
export function addNamesFlags(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json', 'markdown']).default('table'))
    .addOption(colorOption())
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help');
}

export function colorOption(): Option {
  return new Option('--color <when>', 'when to use colours').choices(['auto', 'always', 'never']).default('auto');
}

function addBackendFlags(command: Command): Command {
  return command
    .optionsGroup(BACKENDS)
    .addOption(
      new Option('--backend-address <kind>', 'how backends are reached').choices(BACKEND_ADDRESSES).default('auto'),
    )
    .addOption(
      new Option('--node-address <ip>', 'IP of a cluster node, for node-port; repeatable')
        .argParser(addAddress)
        .default([], 'minikube ip'),
    )
    .option('--cluster-domain <name>', 'DNS domain of the cluster', parseClusterDomain, 'cluster.local')
    .addOption(
      new Option('--resolver <address>', 'DNS server for nginx, or system for those of this machine; repeatable')
        .argParser(addResolver)
        .default([], 'cluster DNS'),
    )
    .option('--default-backend-service <ns/name>', 'Service for requests that no Ingress matches', parseObjectName);
}

function addServerFlags(command: Command): Command {
  return command
    .optionsGroup(SERVERS)
    .addOption(
      new Option('--listen <ip>', 'address to listen on; repeatable')
        .argParser(addListen)
        .default([], 'all, or loopback alone with node-port and port-forward'),
    )
    .option('--http-port <port>', 'HTTP port', parsePort, 80)
    .option('--https-port <port>', 'HTTPS port', parsePort, 443)
    .option(
      '--default-ssl-certificate <ns/name>',
      'TLS Secret for hosts without a certificate; "none" rejects their handshakes',
      parseObjectNameOrNone,
    )
    .option('--controller-config <ns/name>', 'ConfigMap of the controller with its global options', parseObjectName)
    .option('--enable-ssl-passthrough', 'honour ssl-passthrough, as is done without a word')
    .option('--no-enable-ssl-passthrough', 'ignore it, as a controller that does not have this flag')
    .option(
      '--ssl-passthrough-proxy-port <port>',
      'loopback port for TLS that is not passed through, with another below it (default: below the HTTPS port)',
      parsePort,
    )
    .addOption(
      new Option('--snippets <which>', 'snippets to take: none, those that are safe, or all; as the ConfigMap allows')
        .choices(SNIPPET_MODES)
        .conflicts('allowSnippets'),
    )
    .option('--allow-snippets', 'the same as --snippets all')
    .addOption(
      new Option(
        '--nginx-module <name>',
        'module that nginx has besides the usual ones: brotli, geoip2, modsecurity, opentelemetry or stream, or the path of its file, which is then loaded; repeatable',
      )
        .argParser(addNginxModule)
        .default([], 'none'),
    )
    .option('--tcp-services-configmap <ns/name>', 'ConfigMap with TCP services', parseObjectName)
    .option('--udp-services-configmap <ns/name>', 'ConfigMap with UDP services', parseObjectName);
}

export function addReportFlags(command: Command): Command {
  return addFindingFlags(
    command
      .optionsGroup('Messages, on stderr:')
      .addOption(
        new Option('--format <format>', 'format of the findings')
          .choices(['pretty', 'compact', 'json'])
          .default('pretty'),
      ),
  );
}

/** For commands whose `--format` is the form of their result; a finding alone need not make their exit code 1. */
export function addFindingFlags(command: Command, failOn: 'error' | 'never' = 'error'): Command {
  return command
    .addOption(colorOption())
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 if any finding is at least this severe')
        .choices(['error', 'warning', 'note', 'never'])
        .argParser(parseThreshold)
        .default(failOn),
    )
    .option('--no-notes', 'say nothing of what differs from the controller in a detail')
    .option('--verbose', 'also list skipped Ingresses and the reason')
    .option('--quiet', 'show only errors and what --fail-on counts, no summary');
}

const THRESHOLDS: ReadonlyMap<string, Threshold> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['note', 'info'],
  // As JSON calls it.
  ['info', 'info'],
  ['never', 'never'],
]);

function parseThreshold(text: string): Threshold {
  const threshold = THRESHOLDS.get(text);
  if (threshold === undefined) throw new InvalidArgumentError('Allowed choices are error, warning, note, never.');
  return threshold;
}

/** Versions before 1.22 lack too much to be worth a branch. */
export function parseVersion(text: string): NginxVersion {
  const version = /^\d+\.\d+\.\d+$/.test(text) ? parseNginxVersion(text) : undefined;
  if (version === undefined) throw new InvalidArgumentError('Use X.Y.Z, such as 1.26.3.');
  if (version.major < 1 || (version.major === 1 && version.minor < 22)) {
    throw new InvalidArgumentError('The oldest supported nginx is 1.22.0.');
  }
  return version;
}

/** @param nothing what is not done then: `write nothing` */
export function onErrorOption(nothing: string): Option {
  return new Option('--on-error <reaction>', `on invalid input: ${nothing}, or leave out the invalid Ingresses`)
    .choices(['fail', 'isolate'])
    .default('fail');
}

export function allowEmptyOption(): Option {
  return new Option('--allow-empty', 'let input without Ingresses replace what is there');
}

/** What `--help` of a command says at its end. */
export function examplesText(examples: readonly string[]): string {
  const columns = wrapColumns('stdout');
  return `\nExamples:\n${examples.map(example => `  ${wrapCommand(example, columns)}`).join('\n')}`;
}

/** A command that is longer than a line of the terminal goes on in the next one, as a shell takes it. */
function wrapCommand(command: string, columns: number | undefined): string {
  const words = command.match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? [];
  const tokens = words.map(word => ({ gap: ' ', text: word }));
  // There must be room for the indent and for the backslash.
  return wrapTokens(tokens, columns === undefined ? undefined : columns - 4, '    ').join(' \\\n  ');
}

export const EXIT_CODES_TEXT = `
Exit codes:
  0  success
  1  findings at or above --fail-on, a test fails, no backend answers, something
     differs, the input let nothing be written or applied, or nothing is served
  2  wrong usage, an invalid config or test file, or a path that does not exist
  3  environment failure (disk, nginx, kubectl), or internal error
`;
