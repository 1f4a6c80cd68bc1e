/** What git keeps of a repository, by paths from its root. */
export interface Tracked {
  readonly files: ReadonlySet<string>;
  /** Those above the files. */
  readonly folders: ReadonlySet<string>;
}

/** What stands before the name of an entry: times, numbers, the hash, flags. */
const HEAD = 62;
const EXTENDED = 0x4000;
const HEADER = 12;

/**
 * The files of an index of git, versions 2 to 4; undefined for one that is split, damaged, or has other hashes: then
 * nobody knows what is tracked.
 * Source: git 2.39, Documentation/gitformat-index.txt.
 */
export function readIndex(bytes: Buffer): Tracked | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || bytes.length < HEADER) return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const files = new Set<string>();
  const folders = new Set<string>();
  let entry: IndexEntry | undefined = { name: Buffer.of(), end: HEADER };
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    entry = version === 4 ? packedEntry(bytes, entry) : plainEntry(bytes, entry.end);
    if (entry === undefined) return undefined;
    const name = entry.name.toString('utf8');
    files.add(name);
    addFolders(name, folders);
  }
  return isSplit(bytes, entry.end) ? undefined : { files, folders };
}

interface IndexEntry {
  readonly name: Buffer;
  readonly end: number;
}

/** Entries fill up to a multiple of eight bytes, with one of NUL at least. */
function plainEntry(bytes: Buffer, start: number): IndexEntry | undefined {
  const from = nameStart(bytes, start);
  const end = from === undefined ? -1 : bytes.indexOf(0, from);
  if (from === undefined || end <= from) return undefined;
  return { name: bytes.subarray(from, end), end: start + (((end - start) >> 3) + 1) * 8 };
}

/** Of version 4: how many bytes of the name before are not in this one, and what comes instead. */
function packedEntry(bytes: Buffer, { name: before, end: start }: IndexEntry): IndexEntry | undefined {
  const from = nameStart(bytes, start);
  if (from === undefined) return undefined;
  let at = from;
  let strip = (bytes[at] ?? 0) & 0x7f;
  while (((bytes[at] ?? 0) & 0x80) !== 0) {
    at += 1;
    strip = (strip + 1) * 128 + ((bytes[at] ?? 0) & 0x7f);
  }
  const end = bytes.indexOf(0, at + 1);
  if (end === -1 || strip > before.length) return undefined;
  return {
    name: Buffer.concat([before.subarray(0, before.length - strip), bytes.subarray(at + 1, end)]),
    end: end + 1,
  };
}

function nameStart(bytes: Buffer, start: number): number | undefined {
  if (start + HEAD >= bytes.length) return undefined;
  return start + HEAD + ((bytes.readUInt16BE(start + HEAD - 2) & EXTENDED) === 0 ? 0 : 2);
}

function addFolders(name: string, folders: Set<string>): void {
  for (let at = name.lastIndexOf('/'); at !== -1; at = name.lastIndexOf('/', at - 1)) {
    const folder = name.slice(0, at);
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}

/** Whether most entries are in another file, which an extension behind the entries names. */
function isSplit(bytes: Buffer, start: number): boolean {
  for (let at = start; at + 8 < bytes.length; at += 8 + bytes.readUInt32BE(at + 4)) {
    const signature = bytes.toString('latin1', at, at + 4);
    if (signature === 'link') return true;
    // The hash at the end is none.
    if (!/^[A-Za-z]{4}$/.test(signature)) return false;
  }
  return false;
}
