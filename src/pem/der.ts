import { TAG } from './der-walk.ts';

/** An element of DER: where its content begins and ends. */
export interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

function elementAt(der: Buffer, offset: number, limit: number): Element | undefined {
  const tag = der[offset];
  const first = der[offset + 1];
  if (tag === undefined || first === undefined || offset + 2 > limit) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const start = offset + 2 + lengthBytes;
  if (lengthBytes > 4 || start > limit) return undefined;
  const length = lengthBytes === 0 ? first : der.readUIntBE(offset + 2, lengthBytes);
  return start + length > limit ? undefined : { tag, start, end: start + length };
}

/** The elements of a constructed one, each of which is whole; undefined where they are not. */
function elementsOf(der: Buffer, { start, end }: Pick<Element, 'start' | 'end'>): readonly Element[] | undefined {
  const found: Element[] = [];
  for (let offset = start; offset < end;) {
    const element = elementAt(der, offset, end);
    const isConstructed = element !== undefined && (element.tag & 0x20) !== 0;
    if (element === undefined || (isConstructed && elementsOf(der, element) === undefined)) return undefined;
    found.push(element);
    offset = element.end;
  }
  return found;
}

/** The elements of the one sequence that a text is; undefined where it is none. */
export function sequenceOf(der: Buffer): readonly Element[] | undefined {
  const [whole, ...others] = elementsOf(der, { start: 0, end: der.length }) ?? [];
  return whole?.tag === TAG.sequence && others.length === 0 ? elementsOf(der, whole) : undefined;
}
