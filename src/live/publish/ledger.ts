import { keyOfObject } from '../../cluster/object-name.ts';
import { problemOf } from '../kubectl/answer.ts';
import type { NoAnswer } from '../kubectl/api.ts';
import type { StatusAddress } from './address.ts';
import { eachOf } from './bounded.ts';
import type { IngressName, PublishedStatus, StatusApi } from './ingress-status.ts';
import { foreignItems, isNoAnswer, names } from './ingress-status.ts';

export interface LedgerParts {
  readonly status: StatusApi;
  readonly addresses: readonly StatusAddress[];
  /** Asked before every write. */
  readonly isAllowed: () => boolean;
}

/** What the server is known to have, and what it got from us. */
export interface Ledger {
  bringUpToDate(wanted: ReadonlyMap<string, IngressName>, how: HowToUpdate): Promise<LedgerUpdate>;
  /** Looks at one again: it was deleted and made anew. */
  forget(key: string): void;
  /** The keys of all Ingresses that hold our addresses by us. */
  published(): readonly string[];
}

export interface HowToUpdate {
  /** Looks at everything again, not only at what is new. */
  readonly isFull: boolean;
  readonly isOver: () => boolean;
}

export interface LedgerUpdate {
  readonly written: number;
  /** Of those that are wanted, how many have our addresses. */
  readonly holding: number;
  /** The first that was neither a conflict nor an Ingress that is gone; those are looked at again. */
  readonly problem: string | undefined;
}

interface Book extends LedgerParts {
  /** Undefined for one that is not there. */
  readonly known: Map<string, readonly unknown[] | undefined>;
  readonly published: Map<string, IngressName>;
}

/** What came of one update so far. */
interface Progress {
  written: number;
  problem: string | undefined;
  readonly isOver: () => boolean;
  /** Namespaces where the server lets us write nothing. */
  readonly forbidden: Set<string>;
}

const AT_ONCE = 4;
/** More are cheaper to list. */
const MOST_READS = 20;

export function openLedger(parts: LedgerParts): Ledger {
  const book: Book = { ...parts, known: new Map(), published: new Map() };
  return {
    async bringUpToDate(wanted, { isFull, isOver }) {
      const progress: Progress = { written: 0, problem: undefined, isOver, forbidden: new Set() };
      for (const key of book.known.keys()) if (!wanted.has(key)) book.known.delete(key);
      await look(book, wanted, { isFull, progress });
      await eachOf(due(book, wanted), AT_ONCE, name => publish(book, name, progress));
      const gone = [...book.published].filter(([key]) => !wanted.has(key)).map(([, name]) => name);
      await eachOf(gone, AT_ONCE, name => unpublish(book, name, progress));
      const { written, problem } = progress;
      return { written, problem, holding: holdersAmong(book, wanted).length };
    },
    forget(key) {
      book.known.delete(key);
      book.published.delete(key);
    },
    published: () => [...book.published.keys()],
  };
}

/** Reads what is not known yet, or everything; marks those that hold our addresses already. */
async function look(
  book: Book,
  wanted: ReadonlyMap<string, IngressName>,
  { isFull, progress }: { readonly isFull: boolean; readonly progress: Progress },
): Promise<void> {
  if (wanted.size === 0) return;
  const unknown = [...wanted].filter(([key]) => !book.known.has(key));
  if (isFull || unknown.length > MOST_READS) {
    const listed = await book.status.list();
    if (isNoAnswer(listed)) {
      progress.problem ??= problemOf(listed);
      return;
    }
    const byKey = new Map(listed.map(status => [keyOf(status), status]));
    for (const key of wanted.keys()) book.known.set(key, byKey.get(key)?.items);
  } else {
    await eachOf(unknown, AT_ONCE, ([key, name]) => readOne(book, key, name, progress));
  }
  for (const [key, name] of holdersAmong(book, wanted)) book.published.set(key, name);
}

async function readOne(book: Book, key: string, name: IngressName, progress: Progress): Promise<'go on' | 'stop'> {
  if (progress.isOver()) return 'stop';
  const read = await book.status.read(name);
  if (!isNoAnswer(read)) book.known.set(key, read.items);
  else if (isAbsent(read)) book.known.set(key, undefined);
  else return failed(progress, name, read);
  return 'go on';
}

function holdersAmong(book: Book, wanted: ReadonlyMap<string, IngressName>): readonly [string, IngressName][] {
  return [...wanted].filter(([key]) => {
    const items = book.known.get(key);
    return items !== undefined && names(items, book.addresses);
  });
}

function due(book: Book, wanted: ReadonlyMap<string, IngressName>): readonly IngressName[] {
  return [...wanted]
    .filter(([key]) => {
      const items = book.known.get(key);
      return items !== undefined && !names(items, book.addresses);
    })
    .map(([, name]) => name);
}

async function publish(book: Book, name: IngressName, progress: Progress): Promise<'go on' | 'stop'> {
  const key = keyOf(name);
  if (progress.isOver() || !book.isAllowed()) return 'stop';
  if (progress.forbidden.has(name.namespace)) return 'go on';
  const written = await book.status.write(name, book.addresses);
  if (!isNoAnswer(written)) {
    progress.written++;
    book.known.set(key, written.items);
    book.published.set(key, name);
    return 'go on';
  }
  book.known.delete(key);
  if (isAbsent(written)) book.published.delete(key);
  return isAbsent(written) || isConflict(written) ? 'go on' : failed(progress, name, written);
}

async function unpublish(book: Book, name: IngressName, progress: Progress): Promise<'go on' | 'stop'> {
  if (progress.isOver() || !book.isAllowed()) return 'stop';
  if (progress.forbidden.has(name.namespace)) return 'go on';
  const read = await book.status.read(name);
  const result = isNoAnswer(read) ? read : await takeBack(book.status, read, book.addresses);
  if (result !== 'nothing' && isNoAnswer(result)) {
    if (isConflict(result)) return 'go on';
    if (!isAbsent(result)) return failed(progress, name, result);
  } else if (result !== 'nothing') progress.written++;
  book.published.delete(keyOf(name));
  return 'go on';
}

/** Takes our addresses out, and nothing else: what others wrote in between makes it a conflict. */
async function takeBack(
  status: StatusApi,
  read: PublishedStatus,
  addresses: readonly StatusAddress[],
): Promise<PublishedStatus | NoAnswer | 'nothing'> {
  const rest = foreignItems(read.items, addresses);
  return rest.length === read.items.length ? 'nothing' : status.write(read, rest, read.resourceVersion);
}

export interface Withdrawal {
  /** Keys of Ingresses; some may stand twice. */
  readonly names: readonly string[];
  readonly addresses: readonly StatusAddress[];
  readonly isAllowed: () => boolean;
}

/** Takes our addresses out of all these Ingresses; gives the number of those, and the first problem. */
export async function withdraw(
  status: StatusApi,
  { names, addresses, isAllowed }: Withdrawal,
): Promise<Pick<LedgerUpdate, 'written' | 'problem'>> {
  const listed = await status.list();
  if (isNoAnswer(listed)) return { written: 0, problem: problemOf(listed) };
  const wanted = new Set(names);
  const progress: Progress = { written: 0, problem: undefined, isOver: () => !isAllowed(), forbidden: new Set() };
  const held = listed.filter(read => wanted.has(keyOf(read)));
  await eachOf(held, AT_ONCE, async read => {
    if (progress.isOver()) return 'stop';
    if (progress.forbidden.has(read.namespace)) return 'go on';
    const first = await takeBack(status, read, addresses);
    const last =
      first !== 'nothing' && isNoAnswer(first) && isConflict(first) ? await again(status, read, addresses) : first;
    if (last === 'nothing') return 'go on';
    if (isNoAnswer(last)) return isAbsent(last) ? 'go on' : failed(progress, read, last);
    progress.written++;
    return 'go on';
  });
  return progress;
}

/** Somebody wrote the Ingress just now. */
async function again(status: StatusApi, name: IngressName, addresses: readonly StatusAddress[]) {
  const read = await status.read(name);
  return isNoAnswer(read) ? read : takeBack(status, read, addresses);
}

/** A namespace that is not ours is passed over; anything else would fail everywhere. */
function failed(progress: Progress, { namespace }: IngressName, answer: NoAnswer): 'go on' | 'stop' {
  progress.problem ??= problemOf(answer);
  if (answer.kind !== 'refused' || answer.code !== 403) return 'stop';
  progress.forbidden.add(namespace);
  return 'go on';
}

function isAbsent(answer: NoAnswer): boolean {
  return answer.kind === 'refused' && answer.code === 404;
}

function isConflict(answer: NoAnswer): boolean {
  return answer.kind === 'refused' && answer.code === 409;
}

function keyOf({ namespace, name }: IngressName): string {
  return keyOfObject(namespace, name);
}
