import { relative, resolve, sep } from 'node:path';

import type { Diagnostic } from './diagnostic.ts';
import type { ObjectName, Place } from './place.ts';
import { fileOf, isFieldRef, objectText } from './place.ts';

/** What is known around the findings of a run. */
export interface IdentityContext {
  /** The object that a document holds, if it has a name. */
  readonly objectOf: (document: string) => ObjectName | undefined;
  /** An absolute folder from which files are named; without it they are named as they were given. */
  readonly root?: string;
  /** The absolute folder in which relative names begin, that of the run; undefined: the same. */
  readonly folder?: string;
}

/**
 * A text that is equal for findings of two runs that are the same: the same rule says the same of the same field of the
 * same object, or of the same file where there is no object with a name.
 *
 * So a finding stays the same when lines come or go above, when items of a list or documents of a file change places,
 * when an object moves to another file or comes from a cluster, on another machine, and in another folder (`root`). How
 * bad it is, what helps, and what else it points to do not count. Two findings of one run may be the same: see
 * `numbering`.
 */
export function identityOf({ rule, message, at }: Diagnostic, context: IdentityContext): string {
  return JSON.stringify([rule.id, ...(at === undefined ? [] : subjectOf(at, context)), lasting(message, context)]);
}

/** Tells identities of one run apart that are equal: which of equal findings comes first makes no difference. */
export function numbering(): (identity: string) => string {
  const times = new Map<string, number>();
  return identity => {
    const count = (times.get(identity) ?? 0) + 1;
    times.set(identity, count);
    return `${count} ${identity}`;
  };
}

/** An object has its name once in a run, and keeps it wherever it is written. */
function subjectOf(at: Place, context: IdentityContext): readonly string[] {
  const object = isFieldRef(at) ? context.objectOf(at.document) : at.object;
  const fields = isFieldRef(at) ? at.path.filter(step => typeof step === 'string') : [];
  return [object === undefined ? fileIn(fileOf(at), context) : objectText(object), ...fields];
}

/** What is no file, such as `<stdin>`, keeps its name. */
function fileIn(file: string, { root, folder = root }: IdentityContext): string {
  if (root === undefined || folder === undefined || /^<.*>$/.test(file)) return file;
  return relative(root, resolve(folder, file)).replaceAll(sep, '/');
}

/** What is said, without the numbers of lines and the folder that it may name. */
function lasting(message: string, { root }: IdentityContext): string {
  const text = message.replace(/\b(lines?) \d+/g, '$1');
  return root === undefined ? text : text.replaceAll(`${root}/`, '');
}
