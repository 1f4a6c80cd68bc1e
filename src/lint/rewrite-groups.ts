import type { Report } from '../diagnostics/diagnostic.ts';
import type { Rewrite } from '../routing/policies/rewrite.ts';
import type { Server } from '../routing/model.ts';
import { missingGroup, rewriteWithoutGroup, rewriteWithoutSlash, wrongGroup } from './rules/rewrite.ts';
import type { LintedPath } from './written-paths.ts';

/** Escapes and classes, in which a parenthesis opens nothing; then what opens a group that gets a number. */
const GROUPS = /\\.|\[\^?\]?(?:\\.|[^\]])*\]|(\((?!\?)|\(\?(?:P?<(?![=!])|'))/gs;

/** How many groups of an expression have a number. */
function countGroups(expression: string): number {
  let count = 0;
  for (const [, group] of expression.matchAll(GROUPS)) if (group !== undefined) count += 1;
  return count;
}

function checkRewrite({ written, locations, at }: LintedPath, report: Report): void {
  const rewrite = locations.find(location => location.policies.rewrite !== undefined)?.policies.rewrite?.asks;
  if (rewrite === undefined) return;
  const { target } = rewrite;
  const asked = Math.max(0, ...[...target.matchAll(/\$([1-9])/g)].map(([, digit]) => Number(digit)));
  const groups = countGroups(written.path);
  // A group that is missing may have been meant to begin with the slash.
  if (asked <= groups || !target.startsWith('$')) checkSlash(rewrite, { written, at }, report);
  if (asked > groups) {
    const has = ['no group', 'one group'][groups] ?? `${groups} groups`;
    const message = `rewrite-target "${target}" uses $${asked}, but the path "${written.path}" has ${has}: $${asked} is empty`;
    const help =
      ['put the part to keep in parentheses: (.*)', 'use $1, or add a group'][groups] ?? `use $1 to $${groups}`;
    report({ rule: missingGroup, message, help, at });
    return;
  }
  const lost = slashGroups(written.path, target);
  if (lost !== undefined) {
    const message = `rewrite-target "${target}" keeps $${lost.slash}, which is a slash or nothing, and not $${lost.rest}, the rest of the path "${written.path}"`;
    report({ rule: wrongGroup, message, help: `write "${target.replace(`$${lost.slash}`, `$${lost.rest}`)}"`, at });
    return;
  }
  // Another variable may hold the rest of the path; a path that is meant as one place has no rest.
  if (target.includes('$') || written.pathType === 'Exact' || !target.startsWith('/')) return;
  const message = `every request that the path "${written.path}" matches arrives at the backend as "${target}": rewrite-target has no group`;
  const begin = written.path.replace(/(?:\/|\(.*|\/?[.[*].*)$/s, '');
  const [rest, group] = begin === '' ? ['/(.*)', '$1'] : [`${begin}(/|$)(.*)`, '$2'];
  const help = `to keep the rest, write path "${rest}" and rewrite-target "${target.replace(/\/$/, '')}/${group}"`;
  report({ rule: rewriteWithoutGroup, message, help, at });
}

/** A group that is a slash or nothing, followed by one for all the rest; each is alone in its parentheses. */
const SLASH_AND_REST = /^(.*?)\((?:\/\|\$|\$\|\/|\/\|)\)\(\.[*+]\)\$?$/s;

/** The numbers of these two groups, where a target has the first one alone. */
function slashGroups(path: string, target: string): { readonly slash: number; readonly rest: number } | undefined {
  const before = SLASH_AND_REST.exec(path)?.[1];
  if (before === undefined) return undefined;
  const slash = countGroups(before) + 1;
  const asked = new Set([...target.matchAll(/\$(\w+)/g)].map(([, name]) => name));
  return asked.size === 1 && asked.has(String(slash)) ? { slash, rest: slash + 1 } : undefined;
}

/** What opens groups, and what stands for no text. */
const OPENINGS = /^(?:\((?:\?(?:P?<\w+>|'\w+'|:))?|\^)+/;

/** Whether a target can begin with a slash: with one, or with a group that does. */
function beginsWithSlash(target: string, path: string): boolean {
  const [, digit] = /^\$([1-9])/.exec(target) ?? [];
  if (digit === undefined) return target.startsWith('/') || target.startsWith('$');
  let left = Number(digit);
  for (const { 1: group, index } of path.matchAll(GROUPS)) {
    if (group === undefined) continue;
    left -= 1;
    if (left === 0) return /^\\?\//.test(path.slice(index).replace(OPENINGS, ''));
  }
  return false;
}

function checkSlash(
  { target, isRedirect }: Rewrite,
  { written, at }: Pick<LintedPath, 'written' | 'at'>,
  report: Report,
): void {
  if (isRedirect || beginsWithSlash(target, written.path)) return;
  const message = `rewrite-target "${target}" does not begin with a slash, so the backend gets an invalid HTTP request`;
  report({ rule: rewriteWithoutSlash, message, help: `write "/${target}"`, at });
}

/** Finds rewrite targets that lose a part of the path, or want one that is not there. */
export function checkRewriteGroups(_: Server, paths: readonly LintedPath[], report: Report): void {
  for (const path of paths) checkRewrite(path, report);
}
