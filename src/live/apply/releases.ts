import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { isCount, isListOf, isRecord, isText, parseJson } from '../../json/value.ts';
import type { RouteRow } from '../../answers/routes.ts';
import type { FileSet } from '../../nginx/file-set.ts';
import type { Readers } from '../../output/access.ts';
import { manifestOfFiles, sha256 } from '../../output/manifest.ts';
import { removeTree } from '../../output/remove-tree.ts';
import { readIfThere, replaceFile } from '../atomic-file.ts';
import { syncFolder } from '../../output/disk.ts';
import { isRelease } from './journal.ts';
import type { Candidate } from './model.ts';
import { writeReleaseFiles } from './release-files.ts';
import { isRouteRow } from './route-row.ts';
import type { StateFolder } from './state-folder.ts';

/** What is known about a release beside its files. */
export interface ReleaseRecord {
  readonly hash: string;
  readonly routes: readonly RouteRow[];
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

export interface NewRelease {
  readonly state: StateFolder;
  readonly candidate: Candidate;
  /** The release that it may share files with. */
  readonly base: string | undefined;
  readonly readers: Readers | undefined;
  readonly signal: AbortSignal;
  readonly step: (step: string) => void;
}

const FORMAT_VERSION = 1;
/** What a run that was killed leaves begins so. */
const UNFINISHED = '.new-';

/** Says whether two file sets are the same: paths, bytes, and what they were made from. */
export function hashOf(files: FileSet): string {
  return sha256(manifestOfFiles(files).bytes);
}

export function releaseFolder({ releases }: StateFolder, release: string): string {
  return join(releases, release);
}

export function hasRelease(state: StateFolder, release: string): boolean {
  return lstatSync(releaseFolder(state, release), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Those that lie there, oldest first. */
export function releasesIn(state: StateFolder): readonly string[] {
  const numberOf = (release: string): number => Number(release.split('-')[0]);
  return readdirSync(state.releases)
    .filter(name => isRelease(name) && hasRelease(state, name))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

/**
 * Writes a release, whole or not at all, and gives its name: a number that counts up, and the beginning of its hash.
 * Undefined when it was interrupted. Throws as the file system does.
 */
export async function writeRelease(release: NewRelease): Promise<string | undefined> {
  const { state, candidate, step } = release;
  const hash = hashOf(candidate.files);
  const id = `${nextNumber(state)}-${hash.slice(0, 8)}`;
  const folder = join(state.releases, `${UNFINISHED}${id}`);
  let isDone = false;
  try {
    if (!(await writeFiles(release, folder))) return undefined;
    const { routes, addresses, ports } = candidate;
    step('record the release');
    replaceFile(
      recordPath(state, id),
      `${JSON.stringify({ formatVersion: FORMAT_VERSION, hash, addresses, ports, routes })}\n`,
    );
    step('name the release');
    renameSync(folder, releaseFolder(state, id));
    syncFolder(state.releases);
    isDone = true;
    return id;
  } finally {
    if (!isDone) removeRelease(state, id);
  }
}

/** Writes files where they have no number; the folder is for the caller to remove. Undefined when interrupted. */
export async function writeTrial(release: NewRelease): Promise<string | undefined> {
  const folder = join(release.state.releases, `${UNFINISHED}trial`);
  removeTree(folder);
  return (await writeFiles(release, folder)) ? folder : undefined;
}

export function removeTrial({ releases }: StateFolder): void {
  removeTree(join(releases, `${UNFINISHED}trial`));
}

/** The record goes last: a folder without one is no release, a record without a folder is swept away. */
export function removeRelease(state: StateFolder, release: string): void {
  removeTree(join(state.releases, `${UNFINISHED}${release}`));
  removeTree(releaseFolder(state, release));
  rmSync(recordPath(state, release), { force: true });
}

/** Removes what belongs to no release that is still wanted. */
export function sweepReleases(state: StateFolder, wanted: ReadonlySet<string>, step: (step: string) => void): void {
  for (const name of readdirSync(state.releases)) {
    const release = name.replace(/^\.(.*)\.json$/, '$1');
    if (isRelease(release) ? wanted.has(release) : !name.startsWith(UNFINISHED)) continue;
    step(`remove ${name}`);
    removeTree(join(state.releases, name));
  }
}

/** Records of releases, each read once: with thousands of routes that takes its time. Undefined where there is none. */
export type Records = (release: string) => ReleaseRecord | undefined;

export function openRecords(state: StateFolder): Records {
  const known = new Map<string, ReleaseRecord>();
  return release => {
    const record = known.get(release) ?? readRecord(state, release);
    if (record === undefined || known.has(release)) return record;
    // Those that are asked for are the current one and the next or the one before.
    if (known.size === 3) known.clear();
    known.set(release, record);
    return record;
  };
}

/** Milliseconds since 1970: when a release was written, or, where nothing says so, when its folder was. */
export function recordedAt(state: StateFolder, release: string): number {
  const record = lstatSync(recordPath(state, release), { throwIfNoEntry: false });
  return Math.floor((record ?? lstatSync(releaseFolder(state, release))).mtimeMs);
}

function readRecord(state: StateFolder, release: string): ReleaseRecord | undefined {
  const value = parseJson(readIfThere(recordPath(state, release)));
  if (!isRecord(value) || value['formatVersion'] !== FORMAT_VERSION) return undefined;
  // Releases of earlier versions listened on all of IPv4.
  const { hash, routes, addresses = ['0.0.0.0'], ports } = value;
  return isText(hash) && isListOf(isRouteRow, routes) && isListOf(isText, addresses) && isListOf(isCount, ports)
    ? { hash, routes, addresses, ports }
    : undefined;
}

function writeFiles({ state, candidate, base, ...how }: NewRelease, folder: string): Promise<boolean> {
  const baseFolder = base === undefined ? undefined : releaseFolder(state, base);
  return writeReleaseFiles({ folder, files: candidate.files, base: baseFolder, ...how });
}

/** Hidden, so that nobody who reads the manifests of a folder around the state folder takes it for one. */
function recordPath({ releases }: StateFolder, release: string): string {
  return join(releases, `.${release}.json`);
}

function nextNumber({ releases }: StateFolder): number {
  const numbers = readdirSync(releases).map(name => Number(/^\.?(\d+)-/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers) + 1;
}
