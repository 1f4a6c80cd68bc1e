import type { ChangeExample, RouteName } from '../answers/diff/model.ts';
import { RISKS } from '../answers/diff/kinds.ts';
import type { DiffSide, PlacedCause, PlacedChange, PlacedDiff, UnreadSides } from '../answers/diff/placed.ts';
import { visible } from '../diagnostics/visible.ts';
import { many } from '../diagnostics/words.ts';

/** A route in a few words: `shop.example.com/cart/`. Texts of manifests are made visible, here and below. */
export function routeWords({ host, match, path }: RouteName): string {
  const shown = host === '_' ? '(any other host)' : host;
  switch (match) {
    case 'prefix':
      return visible(`${shown}${path}`);
    case 'exact':
      return visible(`${shown}${path} (exact)`);
    case 'regex':
      return visible(`${shown} ~ ${path}`);
  }
}

/** What a change is about. */
export function subjectWords({ subject, routes }: PlacedChange): string | undefined {
  if (subject === undefined) return routes.length === 0 ? 'all hosts' : undefined;
  return visible(subject === '_' ? '(any other host)' : subject);
}

/** Who asked for something, and where. */
export function causeWords({ object, setting, at }: PlacedCause): string {
  const place = at && `${at.file}:${at.line}:${at.column}`;
  return visible([object, setting, place].filter(part => part !== undefined).join(', '));
}

export function exampleWords({ method, url, headers = [], clientIp, before, after }: ChangeExample): string {
  const sent = headers.map(({ name, value }) => ` with ${name}: ${value}`).join('');
  const from = clientIp === undefined ? '' : ` from ${clientIp}`;
  return visible(`${method} ${url}${sent}${from}: before ${before}; now ${after}`);
}

/** `2 high, 1 medium and 4 low risk changes`; how many there are of each risk that there are. */
export function verdictWords({ changes }: Pick<PlacedDiff, 'changes'>): string {
  if (changes.length === 0) return 'nothing changes for clients';
  const counts = RISKS.flatMap(risk => {
    const count = changes.filter(change => change.risk === risk).length;
    return count === 0 ? [] : [`${count} ${risk}`];
  });
  const last = counts.pop() ?? '';
  const all = counts.length === 0 ? last : `${counts.join(', ')} and ${last}`;
  return `${all} risk ${changes.length === 1 ? 'change' : 'changes'} for clients`;
}

export function countWords({ counts: { before, after, unchanged } }: Pick<PlacedDiff, 'counts'>): string {
  return `${many(before, 'route')} before, ${after} now, ${unchanged} of them without a change of their own`;
}

/** What is missing from the comparison, a line each. */
export function gapWords({ old, new: now }: Pick<PlacedDiff, 'old' | 'new'>): readonly string[] {
  return [old, now].flatMap(side => [...errorWords(side), ...side.notes.map(note => visible(`${side.name}: ${note}`))]);
}

/** Why nothing is compared. */
export function unreadWords({ old, new: now }: UnreadSides): string {
  const sides = [old, now].filter(({ unread }) => unread > 0);
  const texts = sides.map(({ name, unread }) => `${name} could not be read (${many(unread, 'error')})`);
  return visible(`not compared: ${texts.join(', and ')}; routes missing from it would look removed`);
}

function errorWords({ name, errors }: DiffSide): readonly string[] {
  if (errors === 0) return [];
  const them = errors === 1 ? 'it is' : 'they are';
  return [visible(`${name} has ${many(errors, 'error')}: what ${them} about is missing from the comparison`)];
}
