export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Where the content of an element begins and ends. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Walks through DER of a known form, from the first byte to the last. What is of another form, or is not written as DER
 * prescribes, makes the walk doubtful, and it stays so: it answers anything from then on, and ends all loops.
 */
export class DerWalk {
  readonly bytes: Buffer;
  #at = 0;
  #isDoubtful = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  get at(): number {
    return this.#at;
  }

  doubtUnless(isKnown: boolean): void {
    if (!isKnown) this.#isDoubtful = true;
  }

  /** Whether there is nothing more before `end`. */
  isDone(end: number): boolean {
    return this.#isDoubtful || this.#at >= end;
  }

  /** The tag that comes next; 0 where there is none. */
  next(): number {
    return this.bytes[this.#at] ?? 0;
  }

  /** Goes into the element that comes next, and says where it ends. */
  enter(tag: number): number {
    const { bytes } = this;
    const at = this.#at;
    const first = bytes[at + 1] ?? 0xff;
    let [start, length, least] = [at + 2, first, 0];
    if (first === 0x81) [start, length, least] = [at + 3, bytes[at + 2] ?? 0, 0x80];
    if (first === 0x82) [start, length, least] = [at + 4, ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0), 0x100];
    const end = start + length;
    // A length has the fewest bytes that there can be, and one that needs three is too long to be looked at here.
    this.doubtUnless(bytes[at] === tag && (first < 0x80 || least > 0) && length >= least && end <= bytes.length);
    this.#at = start;
    return end;
  }

  /** All of the element has been walked through. */
  leave(end: number): void {
    this.doubtUnless(this.#at === end);
  }

  /** The bytes up to `end`. */
  rest(end: number): Buffer {
    const start = this.#at;
    this.#at = end;
    return this.bytes.subarray(start, end);
  }

  /** Passes an element over. */
  skip(tag: number): Span {
    const end = this.enter(tag);
    const start = this.#at;
    this.#at = end;
    return { start, end };
  }

  /** An element with its tag and length in hexadecimal digits, for comparing it with what is known. */
  whole(tag: number): string {
    const start = this.#at;
    const { end } = this.skip(tag);
    return this.bytes.toString('hex', start, end);
  }

  /** Goes into a bit string of whole bytes. */
  enterBits(): number {
    const end = this.enter(TAG.bitString);
    this.doubtUnless(this.bytes[this.#at] === 0);
    this.#at += 1;
    return end;
  }

  /** A positive integer in the fewest bytes that there can be. */
  positive(): Span {
    const span = this.skip(TAG.integer);
    const first = this.bytes[span.start] ?? 0xff;
    const second = span.end - span.start > 1 ? (this.bytes[span.start + 1] ?? 0) : 0;
    this.doubtUnless(span.end > span.start && first < 0x80 && (first > 0 || second >= 0x80));
    return span;
  }

  /** An object identifier as `whole` gives it. No number of it begins with a zero, and the last one has an end. */
  identifier(): string {
    const from = this.#at;
    const { start, end } = this.skip(TAG.objectIdentifier);
    let isInNumber = false;
    for (let at = start; at < end && !this.#isDoubtful; at += 1) {
      const byte = this.bytes[at] ?? 0;
      this.doubtUnless(isInNumber || byte !== 0x80);
      isInNumber = byte >= 0x80;
    }
    this.doubtUnless(end > start && !isInNumber);
    return this.bytes.toString('hex', from, end);
  }
}
