import type { DerWalk } from './der-walk.ts';
import { TAG } from './der-walk.ts';

const TEXTS: ReadonlySet<number> = new Set([TAG.utf8String, TAG.printableString, TAG.ia5String]);

const COMMON_NAME = '0603550403';

const ASCII = /^[ -~]+$/;

/** Nothing that OpenSSL or Node would escape or quote. */
const WORDS = /^[\w.*@:()-]+(?: [\w.*@:()-]+)*$/;
const ALTERNATIVE_NAME = /^[\w.*@:/?&=%~-]+$/;

/** The last common name of a subject. */
export function readSubject(walk: DerWalk): string | undefined {
  const common = readName(walk);
  walk.doubtUnless(common === undefined || WORDS.test(common));
  return common;
}

/** A `Name`, each part of which is a text of ASCII, as OpenSSL must be able to read it; its last common name. */
export function readName(walk: DerWalk): string | undefined {
  let common: string | undefined;
  const name = walk.enter(TAG.sequence);
  while (!walk.isDone(name)) {
    const part = walk.enter(TAG.set);
    const attribute = walk.enter(TAG.sequence);
    const identifier = walk.identifier();
    const type = walk.next();
    const { start, end } = walk.skip(type);
    const text = walk.bytes.toString('latin1', start, end);
    walk.leave(attribute);
    walk.leave(part);
    walk.doubtUnless(TEXTS.has(type) && ASCII.test(text));
    if (identifier === COMMON_NAME) common = text;
  }
  walk.leave(name);
  return common;
}

const GENERAL_NAME = { email: 0x81, dns: 0x82, uri: 0x86, address: 0x87 } as const;

/** `GeneralNames`: the DNS names among them. */
export function readDnsNames(walk: DerWalk): readonly string[] {
  const found: string[] = [];
  const names = walk.enter(TAG.sequence);
  while (!walk.isDone(names)) {
    const type = walk.next();
    const { start, end } = walk.skip(type);
    if (type === GENERAL_NAME.address) {
      walk.doubtUnless(end - start === 4 || end - start === 16);
      continue;
    }
    const text = walk.bytes.toString('latin1', start, end);
    walk.doubtUnless(type === GENERAL_NAME.dns || type === GENERAL_NAME.email || type === GENERAL_NAME.uri);
    walk.doubtUnless(ALTERNATIVE_NAME.test(text));
    if (type === GENERAL_NAME.dns) found.push(text);
  }
  walk.leave(names);
  return found;
}
