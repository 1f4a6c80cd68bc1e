import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { Place } from '../diagnostics/place.ts';
import { isFieldRef } from '../diagnostics/place.ts';
import type { Resource } from '../resources/model.ts';
import { DEFAULT_NAMESPACE, folderOf } from './folders.ts';
import type { World } from './world.ts';

/**
 * Makes a note of what two objects do to each other that may not be meant for one cluster: nobody wrote a namespace for
 * either, and they stand in different folders, as examples and alternatives do. What is an error stays one.
 */
export function amongStrangers(world: World | undefined, resources: readonly Resource[], report: Report): Report {
  if (world?.missing !== 'note') return report;
  let bare: ReadonlySet<string> | undefined;
  return found => {
    const folders = found.severity === 'error' ? undefined : foldersOf(found);
    if (folders === undefined) return report(found);
    bare ??= new Set(resources.filter(isBare).map(({ document }) => document));
    const { documents } = folders;
    report(documents.every(document => bare?.has(document) === true) ? { ...found, severity: 'info' } : found);
  };
}

function isBare({ kind, namespace }: Resource): boolean {
  return kind === 'Ingress' && namespace === DEFAULT_NAMESPACE;
}

/** The documents of a finding and of what it points to, if these stand in several folders. */
function foldersOf({ rule, at, related = [] }: Finding): { readonly documents: readonly string[] } | undefined {
  const own = documentOf(at);
  if (own === undefined || related.length === 0 || rule.severity === 'error') return undefined;
  const others = related.map(each => documentOf(each.at)).filter(document => document !== undefined);
  const folder = folderOf(own);
  return others.some(other => folderOf(other) !== folder) ? { documents: [own, ...others] } : undefined;
}

function documentOf(place: Place | undefined): string | undefined {
  return place !== undefined && isFieldRef(place) ? place.document : undefined;
}
