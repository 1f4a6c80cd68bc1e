import type { PageData } from '../answers/page-data.ts';
import type { FieldRef, Origin } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Asker } from '../routing/policies.ts';
import { el } from './dom.ts';

/** Where fields stand; undefined for what is read from no file. */
export type PlaceOf = (field: FieldRef) => Origin | undefined;

export function placesOf({ places }: PageData): PlaceOf {
  const known = new Map(places);
  let byText: ReadonlyMap<string, Origin> | undefined;
  return field => {
    const found = known.get(field);
    if (found !== undefined) return found;
    // Equal fields are one object here, but for those that somebody makes while a request is explained.
    byText ??= new Map(places.map(([ref, at]) => [textOf(ref), at]));
    return byText.get(textOf(field));
  };
}

function textOf({ document, path, part, line }: FieldRef): string {
  return JSON.stringify([document, path, part, line]);
}

/** `shop.yaml:12:7`, and the template of a Helm chart that made it. */
export function placeText({ file, line, column, template }: Origin): string {
  return `${file}:${line}:${column}${template === undefined ? '' : ` (${template})`}`;
}

/** An object and where it stands. */
export function provenanceElement({ resource, field }: Provenance, placeOf: PlaceOf): HTMLElement {
  return askedBy(objectText(resource), placeOf(field));
}

/** `annotation auth-type of Ingress shop/web`, and where it stands. */
export function askerElement(asker: Asker, placeOf: PlaceOf): HTMLElement {
  if (asker.by === 'default') return askedBy(`default of ${asker.name}`, undefined);
  const { resource, field } = asker.at;
  return askedBy(`${asker.by} ${asker.name} of ${objectText(resource)}`, placeOf(field));
}

function askedBy(text: string, at: Origin | undefined): HTMLElement {
  return el('span', { class: 'asked' }, [
    el('span', { text }),
    at === undefined ? undefined : el('span', { class: 'place', text: placeText(at) }),
  ]);
}
