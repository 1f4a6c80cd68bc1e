import { isCount, isListOf, isRecord, isText, parseJson } from '../../json/value.ts';
import { prepareFile, readIfThere } from '../atomic-file.ts';
import type { PreparedFile } from '../atomic-file.ts';

/** What is served from a state folder and what came before it, as it stands in `.state.json`. */
export interface Journal {
  /** Where nginx writes its pid; relative to the folder unless absolute. */
  readonly pidFile: string;
  /** The release that was last seen serving; undefined before the first. */
  readonly active: string | undefined;
  /** Milliseconds since 1970: when `active` began to be served. */
  readonly since: number | undefined;
  /** What was served before, newest last: the way back. */
  readonly earlier: readonly string[];
  /** Releases that somebody went back from, newest last. */
  readonly withdrawn: readonly string[];
  readonly lastError: PastError | undefined;
  /** A switch that has begun. Found by a later run, it says that this one was killed. */
  readonly pending: PendingSwitch | undefined;
}

export interface PastError {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly problem: string;
}

export interface PendingSwitch {
  readonly from: string | undefined;
  readonly to: string;
  /** Whether `to` was never served: then it goes when the switch fails. */
  readonly isNew: boolean;
}

const FORMAT_VERSION = 1;

export function emptyJournal(pidFile: string): Journal {
  return {
    pidFile,
    active: undefined,
    since: undefined,
    earlier: [],
    withdrawn: [],
    lastError: undefined,
    pending: undefined,
  };
}

/** Undefined when there is none, or it is not ours. */
export function readJournal(path: string): Journal | undefined {
  const value = parseJson(readIfThere(path));
  if (!isRecord(value) || value['formatVersion'] !== FORMAT_VERSION) return undefined;
  const { pidFile, active, since, earlier, withdrawn } = value;
  if (!isText(pidFile) || !isListOf(isRelease, earlier) || !isListOf(isRelease, withdrawn)) return undefined;
  return {
    pidFile,
    active: isRelease(active) ? active : undefined,
    since: isCount(since) ? since : undefined,
    earlier,
    withdrawn,
    lastError: readError(value['lastError']),
    pending: readPending(value['pending']),
  };
}

/** Lays the journal down beside the old one. Throws as the file system does. */
export function prepareJournal(path: string, journal: Journal, temporary?: string): PreparedFile {
  return prepareFile(
    path,
    `${JSON.stringify({ formatVersion: FORMAT_VERSION, ...journal }, undefined, 2)}\n`,
    temporary,
  );
}

/** Whether a text is the name of a release; such a name leads nowhere else. */
export function isRelease(value: unknown): value is string {
  return isText(value) && /^\d{1,15}-[0-9a-f]{8}$/.test(value);
}

function readError(value: unknown): PastError | undefined {
  if (!isRecord(value)) return undefined;
  const { at, problem } = value;
  return isCount(at) && isText(problem) ? { at, problem } : undefined;
}

function readPending(value: unknown): PendingSwitch | undefined {
  if (!isRecord(value)) return undefined;
  const { from, to, isNew } = value;
  if (!isRelease(to)) return undefined;
  return { from: isRelease(from) ? from : undefined, to, isNew: isNew === true };
}
