import { objectText } from '../../diagnostics/place.ts';
import type { Cause } from '../explain/model.ts';
import { CHANGE_KINDS, CHANGE_NAMES, RISKS } from './kinds.ts';
import type { Change, ChangeSide, OneChange, RouteName } from './model.ts';
import { keyOfRoute } from './view.ts';

/** Puts together what is the same for several routes: an annotation of an Ingress that has many paths. */
export function groupChanges(changes: readonly OneChange[]): readonly Change[] {
  const groups = new Map<string, Group>();
  for (const { route, ...change } of changes) {
    const { kind, subject = '', before, after } = change;
    const key = [kind, subject, route === undefined ? '' : 'route', keyOfSide(before), keyOfSide(after)].join('\n');
    const group = groups.get(key) ?? { change, routes: new Map(), before: new Map(), after: new Map() };
    groups.set(key, group);
    if (route !== undefined) group.routes.set(keyOfRoute(route), route);
    for (const cause of before?.causes ?? []) group.before.set(causeKey(cause), cause);
    for (const cause of after?.causes ?? []) group.after.set(causeKey(cause), cause);
  }
  return [...groups.values()].map(changeOf).toSorted(byImportance);
}

interface Group {
  readonly change: Omit<OneChange, 'route'>;
  readonly routes: Map<string, RouteName>;
  readonly before: Map<string, Cause>;
  readonly after: Map<string, Cause>;
}

function changeOf({ change, routes, before, after }: Group): Change {
  const sideOf = (side: ChangeSide | undefined, causes: ReadonlyMap<string, Cause>): ChangeSide | undefined =>
    side && { text: side.text, causes: [...causes.values()] };
  return {
    ...change,
    routes: [...routes.values()].toSorted(byName),
    before: sideOf(change.before, before),
    after: sideOf(change.after, after),
  };
}

/** Equal for sides that say the same of the same objects: the paths of an Ingress are fields of one. */
function keyOfSide(side: ChangeSide | undefined): string {
  if (side === undefined) return '';
  const objects = side.causes.map(cause => (cause.kind === 'field' ? objectText(cause.at.resource) : causeKey(cause)));
  return [side.text, ...new Set(objects)].join('\n ');
}

function causeKey(cause: Cause): string {
  const { asker } = cause.kind === 'field' ? { asker: undefined } : cause;
  const at = cause.kind === 'field' ? cause.at : asker?.by === 'default' ? undefined : asker?.at;
  const place = at === undefined ? '' : `${objectText(at.resource)} ${at.field.document} ${at.field.path.join('/')}`;
  return `${asker?.by ?? ''} ${asker?.name ?? ''} ${place}`;
}

function byName(a: RouteName, b: RouteName): number {
  return compare(`${a.host} ${a.path} ${a.match}`, `${b.host} ${b.path} ${b.match}`);
}

function byImportance(a: Change, b: Change): number {
  return (
    rank(a) - rank(b) ||
    CHANGE_NAMES.indexOf(a.kind) - CHANGE_NAMES.indexOf(b.kind) ||
    compare(whereOf(a), whereOf(b)) ||
    compare(`${a.before?.text} ${a.after?.text}`, `${b.before?.text} ${b.after?.text}`)
  );
}

function rank({ kind }: Change): number {
  return RISKS.indexOf(CHANGE_KINDS[kind].risk);
}

function whereOf({ subject = '', routes: [first] }: Change): string {
  return first === undefined ? subject : `${first.host} ${first.path} ${first.match} ${subject}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
