import type { WeakValue } from './weak-value.ts';

/** Words of ciphers that nobody should use any more. */
const WEAK_WORDS: ReadonlySet<string> = new Set([
  'RC4',
  'RC2',
  'DES',
  '3DES',
  'IDEA',
  'SEED',
  'MD5',
  'NULL',
  'aNULL',
  'eNULL',
  'ADH',
  'AECDH',
  'EXP',
  'EXPORT',
  'EXPORT40',
  'EXPORT56',
  'LOW',
]);

const wordsOf = (cipher: string): readonly string[] => cipher.split(/[-+]/);

/** A list of ciphers of OpenSSL with a weak one, unless the list takes it out again. */
export function weakCiphers(list: string): WeakValue | undefined {
  const entries = list.split(/[:, ]/).filter(entry => entry !== '');
  const removed = new Set(entries.filter(entry => entry.startsWith('!')).map(entry => entry.slice(1)));
  const isWeak = (word: string): boolean => WEAK_WORDS.has(word) && !removed.has(word);
  const weak = entries.find(entry => !/^[!@-]/.test(entry) && wordsOf(entry).some(isWeak));
  if (weak !== undefined) {
    const says = `has "${weak}", which is weak: current versions of OpenSSL lack it or offer it to nobody, older ones use it`;
    return { says, help: `remove "${weak}"` };
  }
  const level = /@SECLEVEL=[01]\b/.exec(list)?.[0];
  if (level === undefined) return undefined;
  const says = `has "${level}", which lets in keys and signatures that can be broken`;
  return { says, help: `remove "${level}"` };
}

const OLD = ['TLSv1', 'TLSv1.1'];

/** The versions of TLS that clients may use. */
export function weakProtocols(text: string, ciphers: string): WeakValue | undefined {
  const found = text.split(/\s+/).filter(word => OLD.includes(word));
  if (found.length === 0) return undefined;
  const isOffered = /@SECLEVEL=0\b/.test(ciphers);
  const words = found.map(word => `"${word}"`).join(' and ');
  const effect = isOffered
    ? 'can be broken'
    : 'can be broken, and OpenSSL 3 offers it to nobody unless ssl-ciphers has "@SECLEVEL=0"';
  return { says: `has ${words}, which ${effect}`, help: 'write "TLSv1.2 TLSv1.3"' };
}
