import { statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { collect } from '../../diagnostics/diagnostic.ts';
import type { Exclude, ExcludedEntry } from '../../input/exclusion.ts';
import { findFiles } from '../../input/find-files.ts';
import type { FoundFile } from '../../input/find-files.ts';
import { readSource } from '../../input/read-sources.ts';
import { unreadableFile } from '../../input/rules/files.ts';
import type { SourceText } from '../../input/source.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Unit } from '../../resources/unit.ts';
import { readUnitSteps } from '../../resources/unit.ts';

/** A file as it was found, and what is in it. */
export interface ScannedFile {
  readonly name: string;
  /** The path of the command line that it was found under. */
  readonly root: string;
  /** The file itself, whatever its name. */
  readonly identity: string;
  /** Equal as long as the file is; undefined when it was too young to tell. */
  readonly stamp: string | undefined;
  readonly text: string | undefined;
  readonly unit: Unit;
}

/** What some paths of the command line stand for at one time. */
export interface Scan {
  readonly files: ReadonlyMap<string, ScannedFile>;
  /** What was found while looking for files: a folder that cannot be read, a folder without manifests. */
  readonly remarks: Unit;
  /** The paths that lead nowhere. What was in them before is kept. */
  readonly gone: readonly string[];
  readonly excluded: readonly ExcludedEntry[];
}

/** A file system counts time in steps: what changed within the last of them may change again and look the same. */
const YOUNG_MS = 100;

/** What is scanned. */
export interface ScanRequest {
  /** Files, folders and patterns. */
  readonly paths: readonly string[];
  /** What is left out of folders and patterns. */
  readonly exclude?: Exclude | undefined;
  /** Directories are read as `lint` reads them. */
  readonly isRepository?: true;
  /** Texts alone are compared, and nothing is made of them. */
  readonly reads?: 'texts';
  /** What annotations of the controller begin with, slash included. */
  readonly annotationsPrefix?: string;
}

/** Finds and reads the files of the paths. What did not change since the earlier scan is taken from it. */
export function* scan(request: ScanRequest, earlier: Scan | undefined, now: number): Steps<Scan> {
  const { paths, exclude, isRepository } = request;
  const { report, diagnostics } = collect();
  const files = new Map<string, ScannedFile>();
  const seen = new Set<string>();
  const gone: string[] = [];
  const excluded: ExcludedEntry[] = [];
  const add = (file: ScannedFile): void => {
    if (seen.has(file.identity)) return;
    seen.add(file.identity);
    files.set(file.name, file);
  };
  const onExcluded = (entry: ExcludedEntry): void => void excluded.push(entry);
  for (const path of paths) {
    const found = findFiles(path, { report, exclude, isRepository, onExcluded });
    if (found === undefined) {
      gone.push(path);
      for (const file of earlier?.files.values() ?? []) if (file.root === path) add(file);
    }
    for (const file of found ?? []) {
      yield;
      add(yield* scanFile({ file, root: path, request }, earlier?.files.get(file.name), now));
    }
  }
  return { files, remarks: remarksUnit(diagnostics), gone, excluded };
}

interface FileToScan {
  readonly file: FoundFile;
  readonly root: string;
  readonly request: ScanRequest;
}

function* scanFile(
  { file, root, request }: FileToScan,
  earlier: ScannedFile | undefined,
  now: number,
): Steps<ScannedFile> {
  const { name } = file;
  const place = { name, root };
  const { report, diagnostics } = collect();
  const stats = statOf(name);
  // A named pipe would be waited for.
  if (stats !== undefined && !stats.isFile()) {
    const at = { file: name, line: 1, column: 1 };
    report({ rule: unreadableFile, message: `"${name}" cannot be read: it is not a regular file`, at });
    return { ...place, identity: name, stamp: undefined, text: undefined, unit: unreadUnit(earlier, diagnostics) };
  }
  const identity = stats === undefined ? name : `${stats.dev}:${stats.ino}`;
  const stamp = stampOf(stats, now);
  if (stamp !== undefined && earlier?.stamp === stamp) return earlier;
  const source = readSource(file, report);
  const unit = source === undefined ? unreadUnit(earlier, diagnostics) : yield* unitOf(source, earlier, request);
  return { ...place, identity, stamp, text: source?.text, unit };
}

function stampOf(stats: BigIntStats | undefined, now: number): string | undefined {
  if (stats === undefined || now - Number(stats.mtimeMs) < YOUNG_MS) return undefined;
  return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(':');
}

function* unitOf(
  source: SourceText,
  earlier: ScannedFile | undefined,
  { reads, annotationsPrefix }: ScanRequest,
): Steps<Unit> {
  if (earlier?.text === source.text) return earlier.unit;
  if (reads === 'texts') return { ...remarksUnit([]), isBlank: source.text.trim() === '' };
  return yield* readUnitSteps(source, { annotationsPrefix });
}

/** The same as before, while the reason is: what cannot be read must not count as changed at every look. */
function unreadUnit(earlier: ScannedFile | undefined, diagnostics: readonly Diagnostic[]): Unit {
  const reasons = (all: readonly Diagnostic[]): string => all.map(({ message }) => message).join('\n');
  const isSame =
    earlier !== undefined && earlier.text === undefined && reasons(earlier.unit.diagnostics) === reasons(diagnostics);
  return isSame ? earlier.unit : remarksUnit(diagnostics);
}

/** A unit that holds nothing, and says why. */
function remarksUnit(diagnostics: readonly Diagnostic[]): Unit {
  return { documents: [], resources: [], diagnostics, comments: [], skipped: 0, isBlank: true };
}

function statOf(name: string): BigIntStats | undefined {
  try {
    return statSync(name, { bigint: true });
  } catch {
    return undefined; // it went away since it was listed, or its links lead nowhere
  }
}
