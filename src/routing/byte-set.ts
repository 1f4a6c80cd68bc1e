/** Which of the 256 bytes are meant: 1 at their places. */
export type ByteSet = Uint8Array;

const BYTES = 256;

function setWhere(test: (byte: number) => boolean): ByteSet {
  return Uint8Array.from({ length: BYTES }, (_, byte) => (test(byte) ? 1 : 0));
}

export function complementOf(set: ByteSet): ByteSet {
  return set.map(member => 1 - member);
}

/** A set to which bytes are added. */
export function emptySet(): ByteSet {
  return new Uint8Array(BYTES);
}

export function addSet(to: ByteSet, set: ByteSet): void {
  for (let byte = 0; byte < BYTES; byte += 1) if (set[byte] === 1) to[byte] = 1;
}

const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;
const isLower = (byte: number): boolean => byte >= 97 && byte <= 122;

/** The same letter in the other case; nginx's PCRE knows those of ASCII alone. */
export function otherCase(byte: number): number {
  if (isUpper(byte)) return byte + 32;
  return isLower(byte) ? byte - 32 : byte;
}

export function addRange(to: ByteSet, from: number, until: number, isCaseless: boolean): void {
  for (let byte = from; byte <= until; byte += 1) {
    to[byte] = 1;
    if (isCaseless) to[otherCase(byte)] = 1;
  }
}

const singles = new Map<number, ByteSet>();

/** One byte, or a letter in both cases. Expressions are mostly these, so that equal ones are one object. */
export function singleByte(byte: number, isCaseless: boolean): ByteSet {
  const key = isCaseless ? byte + BYTES : byte;
  const known = singles.get(key);
  if (known !== undefined) return known;
  const set = emptySet();
  addRange(set, byte, byte, isCaseless);
  singles.set(key, set);
  return set;
}

/** A set by an expression of JavaScript for one character below 256. */
function matching(expression: RegExp): ByteSet {
  return setWhere(byte => expression.test(String.fromCharCode(byte)));
}

const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

/** Letters that stand for a set behind a backslash. Source: pcre2pattern(3) of PCRE2 10.42, in the locale C. */
const ESCAPED: ReadonlyMap<string, () => ByteSet> = new Map([
  ['d', lazily(() => matching(/[0-9]/))],
  ['w', lazily(() => matching(/[0-9A-Za-z_]/))],
  ['s', lazily(() => matching(/[\t-\r ]/))],
  ['h', lazily(() => matching(/[\t \u00a0]/))],
  ['v', lazily(() => matching(/[\n-\r\u0085]/))],
  ['N', lazily(() => matching(/[^\n]/))],
]);

/** The set of `\d`, `\W` and the like; undefined for other letters. */
export function escapedSet(letter: string): ByteSet | undefined {
  const set = ESCAPED.get(letter)?.();
  if (set !== undefined) return set;
  const negated = letter === 'N' ? undefined : ESCAPED.get(letter.toLowerCase())?.();
  return negated === undefined ? undefined : complementOf(negated);
}

export const ANY_BYTE = lazily(() => setWhere(() => true));

/** `[:alpha:]` and the like, in the locale C. */
const NAMED: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[0-9A-Za-z]/],
  ['alpha', /[A-Za-z]/],
  ['ascii', /[^\u0080-\u00ff]/],
  ['blank', /[\t ]/],
  ['cntrl', /[^ -~\u0080-\u00ff]/],
  ['digit', /[0-9]/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[\t-\r ]/],
  ['upper', /[A-Z]/],
  ['word', /[0-9A-Za-z_]/],
  ['xdigit', /[0-9A-Fa-f]/],
]);

/** The set of `[:name:]`. Where the case does not count, both cases are letters. */
export function namedSet(name: string, isCaseless: boolean): ByteSet | undefined {
  const isOneCase = name === 'lower' || name === 'upper';
  const expression = NAMED.get(isCaseless && isOneCase ? 'alpha' : name);
  return expression === undefined ? undefined : matching(expression);
}

/** Properties of PCRE's own, and what JavaScript calls them. */
const OWN_PROPERTIES: ReadonlyMap<string, RegExp> = new Map([
  ['Any', /[^]/],
  ['L&', /[\p{Lu}\p{Ll}\p{Lt}]/u],
  ['Xan', /[\p{L}\p{N}]/u],
  ['Xwd', /[\p{L}\p{N}_]/u],
  ['Xps', /[\t-\r\p{Z}]/u],
  ['Xsp', /[\t-\r\p{Z}]/u],
]);
const CATEGORY = /^(?:C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

/** The bytes that have a property as characters of Latin-1; undefined for scripts, of which versions differ. */
export function propertySet(name: string): ByteSet | undefined {
  const own = OWN_PROPERTIES.get(name);
  if (own !== undefined) return matching(own);
  return CATEGORY.test(name) ? matching(new RegExp(`\\p{${name}}`, 'u')) : undefined;
}
