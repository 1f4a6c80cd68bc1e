import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fileOf } from '../diagnostics/place.ts';
import { many } from '../diagnostics/words.ts';
import { unrenderedTemplate } from '../manifests/rules/repository.ts';
import { encryptedSecret } from '../resources/rules/data.ts';
import { unfilledPlaceholder } from '../resources/rules/placeholders.ts';

/** What is said of several objects or files at once; `first` is what is said of one. */
type Saying = (files: number, objects: number, first: string) => string;

/** Notes that would otherwise stand at every file of a repository. Those with another advice stay apart. */
const SAYINGS: ReadonlyMap<string, Saying> = new Map<string, Saying>([
  [
    unrenderedTemplate.id,
    (files, _, first) =>
      `${many(files, 'file')} are templates that have not been rendered, and are not checked; the first: ${quoted(first)}`,
  ],
  [
    unfilledPlaceholder.id,
    (files, objects, first) =>
      `${many(objects, 'object')} in ${many(files, 'file')} are not checked, since placeholders in them are not filled in; the first: ${quoted(first)}`,
  ],
  [
    encryptedSecret.id,
    (files, objects) =>
      `${many(objects, 'Secret')} in ${many(files, 'file')} are encrypted with SOPS: what they hold is not checked`,
  ],
]);

/** The first text in quotes. */
function quoted(message: string): string {
  return /"[^"]*"/.exec(message)?.[0] ?? message;
}

/** Other places of a note; more are not listed. */
const MOST_RELATED = 20;

/** Puts notes of the same kind and with the same advice into one, at the place of the first. */
export function gatherNotes(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const each of found) {
    if (!isGathered(each)) continue;
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  if (groups.size === 0) return found;
  return found.flatMap(each => {
    const group = isGathered(each) ? groups.get(keyOf(each)) : undefined;
    if (group === undefined) return [each];
    return group[0] === each ? [gathered(each, group)] : [];
  });
}

/** What a Secret weighs is decided later. */
function isGathered({ rule, severity }: Diagnostic): boolean {
  return SAYINGS.has(rule.id) && (severity === 'info' || rule === encryptedSecret);
}

function keyOf({ rule, severity, help = '' }: Diagnostic): string {
  return `${rule.id} ${severity} ${help.replace(/\b(?:it|them)\b/, '')}`;
}

function gathered(first: Diagnostic, group: readonly Diagnostic[]): Diagnostic {
  const saying = SAYINGS.get(first.rule.id);
  if (group.length === 1 || saying === undefined) return first;
  const files = new Set(group.map(({ at }) => (at === undefined ? '' : fileOf(at)))).size;
  const related = group
    .slice(1, MOST_RELATED + 1)
    .flatMap(({ at }) => (at === undefined ? [] : [{ message: 'the same here', at }]));
  return { ...first, message: saying(files, group.length, first.message), related };
}
