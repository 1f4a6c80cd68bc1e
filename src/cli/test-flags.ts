import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import type { FindingFlags } from './flags.ts';
import { formatTargetsOption } from './format-flags.ts';
import type { FormatTarget } from './format-flags.ts';
import type { CompileFlags } from './settings.ts';

/** The formats of `test`. */
export const TEST_FORMATS = ['pretty', 'tap', 'junit', 'github', 'json'] as const;

export type TestFormat = (typeof TEST_FORMATS)[number];

export interface TestFlags extends CompileFlags, FindingFlags {
  readonly stdinFilename: string;
  readonly input?: readonly string[];
  readonly grep?: string;
  readonly format?: readonly FormatTarget<TestFormat>[];
  readonly live?: LiveAddresses;
  readonly insecure?: boolean;
  readonly timeout: number;
  readonly init?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  /** With `--init`: the flags about compiling that were given, as words of a shell. */
  readonly compileWords?: readonly string[];
}

/** Where a running server listens, by scheme. */
export type LiveAddresses = Readonly<Partial<Record<'http' | 'https', LiveAddress>>>;

export interface LiveAddress {
  readonly hostname: string;
  readonly port: number;
}

export function addTestFlags(command: Command): Command {
  return command
    .optionsGroup('Tests:')
    .option(
      '--input <path>',
      'manifests to test instead of those that the files name: a file, directory, glob, or - for stdin; repeatable',
      addPath,
    )
    .option('--grep <text>', 'run only tests that have this in their name', parseGrep)
    .optionsGroup('A running server:')
    .option(
      '--live <url>',
      'send the requests there and compare what can be seen from outside: http://HOST:PORT, https://HOST:PORT, or HOST for both; repeatable',
      addLive,
    )
    .option('--insecure', 'take any certificate of the server')
    .option('--timeout <seconds>', 'how long the server may take for an answer', parseSeconds, 10);
}

export function addInitFlags(command: Command): Command {
  return command
    .optionsGroup('A first file of tests:')
    .addOption(
      new Option(
        '--init',
        'write tests of what the manifests do today, which the paths name then, to stdout',
      ).conflicts(['input', 'grep', 'live', 'format']),
    )
    .option('-o, --output <file>', 'file for --init')
    .option('--force', 'let --init replace a file');
}

export function testFormatOption(): Option {
  return formatTargetsOption(
    TEST_FORMATS,
    'format of the results, and the file that gets them instead of stdout; several can be given (default: pretty, in GitHub Actions followed by github)',
  );
}

function addPath(text: string, earlier: readonly string[] = []): readonly string[] {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return [...earlier, text];
}

function parseGrep(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > 3600)
    throw new InvalidArgumentError('Use a whole number from 1 to 3600.');
  return seconds;
}

const ADDRESS = /^(?:(?<scheme>https?):\/\/)?(?<host>\[[\da-f:.]+\]|[\w.-]+)(?::(?<port>\d{1,5}))?\/?$/i;
const USUAL_PORTS = { http: 80, https: 443 } as const;

function addLive(text: string, earlier: LiveAddresses = {}): LiveAddresses {
  const { scheme, host, port } = ADDRESS.exec(text)?.groups ?? {};
  if (host === undefined || Number(port ?? 1) > 65_535 || Number(port ?? 1) < 1)
    throw new InvalidArgumentError('Use http://HOST:PORT, https://HOST:PORT, or HOST for the ports 80 and 443.');
  const hostname = host.replaceAll(/^\[|\]$/g, '');
  if (scheme === undefined) {
    if (port !== undefined) throw new InvalidArgumentError(`Say which port it is: http://${text} or https://${text}.`);
    return withLive(withLive(earlier, 'http', { hostname, port: 80 }), 'https', { hostname, port: 443 });
  }
  const kind = scheme.toLowerCase() === 'http' ? 'http' : 'https';
  return withLive(earlier, kind, { hostname, port: Number(port ?? USUAL_PORTS[kind]) });
}

function withLive(earlier: LiveAddresses, scheme: 'http' | 'https', address: LiveAddress): LiveAddresses {
  if (earlier[scheme] !== undefined) throw new InvalidArgumentError(`There is an address for ${scheme} already.`);
  return { ...earlier, [scheme]: address };
}
