import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import type { NginxOptions } from '../jobs/serving.ts';
import { isRoot } from '../output/act-as.ts';
import { parsePath } from './settings.ts';

/** Which nginx is meant: one of our own with its state folder, or one that the system runs. */
export interface PlaceFlags {
  readonly stateDir?: string;
  readonly prefix?: string;
}

/** What every command that changes what nginx serves says. */
export interface ServingFlags extends PlaceFlags {
  readonly nginx?: string;
  readonly timeout: number;
  /** All stay when it is undefined. */
  readonly keepReleases?: number;
}

const LONGEST_TIMEOUT_SECONDS = 3_600;
const MOST_RELEASES = 1_000;

export function addPlaceFlags(command: Command): Command {
  return command
    .optionsGroup('nginx:')
    .addOption(
      new Option(
        '--state-dir <folder>',
        'folder with the releases, logs and state of an nginx that ingress2nginx runs (default: ingress2nginx in $XDG_STATE_HOME, else in ~/.local/state, for root in /var/lib)',
      )
        .argParser(parsePath)
        .conflicts('prefix'),
    )
    .option(
      '--prefix <folder>',
      'folder of nginx.conf of an nginx that the system runs, such as /etc/nginx',
      parsePath,
    );
}

export function addServingFlags(command: Command): Command {
  return addPlaceFlags(command)
    .option('--nginx <path>', 'nginx binary to run', parsePath)
    .option('--timeout <seconds>', 'how long nginx may take to test a change, and to serve it', parseTimeout, 30);
}

export function addKeepReleases(command: Command): Command {
  return command.addOption(keepReleases().default(10));
}

/** What apply is told and ending nginx does not need is taken as well, but not shown. */
export function addStopFlags(command: Command): Command {
  return addPlaceFlags(command)
    .addOption(new Option('--nginx <path>').argParser(parsePath).hideHelp())
    .option('--timeout <seconds>', 'how long to wait for requests in progress', parseTimeout, 30)
    .addOption(keepReleases().hideHelp());
}

/** Going back throws nothing away: what apply is told is taken as well, but not shown. */
export function addRollbackFlags(command: Command): Command {
  return addServingFlags(command).addOption(keepReleases().hideHelp());
}

function keepReleases(): Option {
  return new Option('--keep-releases <number>', 'releases to keep, including the current one; at least 2').argParser(
    parseReleases,
  );
}

export function addResultFormat(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'));
}

/** Commands that throw no release away name no number: then all stay. */
export function nginxOptions(flags: ServingFlags): NginxOptions {
  const { nginx, timeout, keepReleases = Infinity } = flags;
  return { ...placeOf(flags), nginx, timeoutMs: timeout * 1_000, keepReleases };
}

export function placeOf({ stateDir, prefix }: PlaceFlags): Pick<NginxOptions, 'folder' | 'kind'> {
  if (prefix !== undefined) return { folder: resolve(prefix), kind: 'system' };
  return { folder: stateDir === undefined ? usualFolder(process.env, stateHome()) : resolve(stateDir), kind: 'own' };
}

/** Workers of root's nginx are another user, who does not get into /root. */
function stateHome(): string {
  return isRoot() ? '/var/lib' : join(homedir(), '.local/state');
}

/** A relative XDG_STATE_HOME counts as none. Source: XDG Base Directory Specification 0.8. */
export function usualFolder(environment: Readonly<Record<string, string | undefined>>, usual: string): string {
  const named = environment['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(named) ? named : usual, 'ingress2nginx');
}

function parseTimeout(text: string): number {
  return parseNumber(text, 1, LONGEST_TIMEOUT_SECONDS);
}

function parseReleases(text: string): number {
  return parseNumber(text, 2, MOST_RELEASES);
}

function parseNumber(text: string, least: number, most: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (number < least || number > most) {
    throw new InvalidArgumentError(`Use a whole number from ${least} to ${most}.`);
  }
  return number;
}
