import { existsSync, linkSync, lstatSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { replaceLink } from '../atomic-file.ts';
import { BEFORE } from './nginx-setup.ts';

/** What nginx of the system looks for in its folder, and where it is in truth. */
const LINKS = ['nginx.conf', 'certs', 'auth'] as const;

/** Why the links cannot be made; undefined when they can. */
export function problemWithLinks(root: string): string | undefined {
  const inTheWay = LINKS.filter(name => name !== 'nginx.conf').find(name => isForeign(root, name));
  if (inTheWay !== undefined) return `${join(root, inTheWay)} is in the way: move it elsewhere`;
  const before = join(root, `nginx.conf${BEFORE}`);
  const isLost = isForeign(root, 'nginx.conf') && existsSync(before) && !isSameFile(join(root, 'nginx.conf'), before);
  return isLost
    ? `${before} already exists, and nginx.conf was not written by ingress2nginx: move one of them elsewhere`
    : undefined;
}

/** Leads nginx to the current release. True when an nginx.conf of others had to give way; it is kept beside. */
export function makeLinks(root: string, step: (step: string) => void): boolean {
  const isReplaced = isForeign(root, 'nginx.conf');
  const conf = join(root, 'nginx.conf');
  // A run that was killed right after this has kept it already.
  if (isReplaced && !isSameFile(conf, `${conf}${BEFORE}`)) {
    step('keep the nginx.conf of others');
    linkSync(conf, `${conf}${BEFORE}`);
  }
  // nginx.conf last: it refers to the others.
  for (const name of LINKS.toReversed()) {
    if (isOurs(root, name)) continue;
    step(`link ${name}`);
    replaceLink(join(root, name), targetOf(name));
  }
  return isReplaced;
}

/** Back to what was there before the first apply. */
export function undoLinks(root: string, step: (step: string) => void): void {
  const conf = join(root, 'nginx.conf');
  step('put back the nginx.conf of others');
  // rename(2) leaves two names of the same file as they are.
  if (isSameFile(conf, `${conf}${BEFORE}`)) rmSync(`${conf}${BEFORE}`);
  else if (existsSync(`${conf}${BEFORE}`)) renameSync(`${conf}${BEFORE}`, conf);
  for (const name of LINKS) {
    if (isOurs(root, name)) rmSync(join(root, name));
  }
}

function isSameFile(path: string, other: string): boolean {
  const one = lstatSync(path, { throwIfNoEntry: false });
  return one !== undefined && one.ino === lstatSync(other, { throwIfNoEntry: false })?.ino;
}

function targetOf(name: string): string {
  return `current/${name}`;
}

function isOurs(root: string, name: string): boolean {
  const path = join(root, name);
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(path) === targetOf(name);
}

function isForeign(root: string, name: string): boolean {
  return lstatSync(join(root, name), { throwIfNoEntry: false }) !== undefined && !isOurs(root, name);
}
