import type { PageData, PageFinding } from '../answers/page-data.ts';
import { withEmptyFiles } from '../answers/shown-routing.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Locate, Located } from '../diagnostics/located.ts';
import { locateAll } from '../diagnostics/located.ts';
import type { FieldRef, Origin } from '../diagnostics/place.ts';
import { isFieldRef } from '../diagnostics/place.ts';
import { isRecord } from '../json/value.ts';
import type { Routing } from '../routing/model.ts';
import type { Loaded } from './loaded.ts';

/** Gathers what a page shows: each place is looked up once, document by document. */
export function pageData({ routing, diagnostics, locate }: Loaded, version: string): PageData {
  const shown = withEmptyFiles(routing);
  const places = locateRefs(refsOf(shown), locate);
  return { version, routing: shown, places, findings: locateFindings(diagnostics, locate) };
}

/** All fields that parts of the routing name as where they come from. */
function refsOf(routing: Routing): readonly FieldRef[] {
  const seen = new Set<unknown>();
  const refs: FieldRef[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isRef(value)) refs.push(value);
    else for (const part of Object.values(value)) walk(part);
  };
  walk(routing);
  return refs;
}

function isRef(value: unknown): value is FieldRef {
  return isRecord(value) && typeof value['document'] === 'string' && Array.isArray(value['path']);
}

function locateRefs(refs: readonly FieldRef[], locate: Locate): PageData['places'] {
  const byKey = new Map(refs.map(ref => [JSON.stringify(ref), ref]));
  const sorted = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([, ref]) => {
    const at = locate(ref);
    return at === undefined ? [] : [[ref, withoutText(at)] as const];
  });
}

/** The page shows the lines of findings alone, and names the object by itself. */
function withoutText({ file, line, column, template }: Origin): Origin {
  return { file, line, column, ...(template === undefined ? {} : { template }) };
}

function locateFindings(diagnostics: readonly Diagnostic[], locate: Locate): readonly PageFinding[] {
  const placed = placing(diagnostics, locate);
  const fields = new Map<string, FieldRef>();
  for (const found of diagnostics) {
    const [located] = locateAll([found], placed);
    if (located !== undefined && found.at !== undefined && isFieldRef(found.at)) fields.set(keyOf(located), found.at);
  }
  return locateAll(diagnostics, placed).map(found => pageFinding(found, fields.get(keyOf(found))));
}

/** Looks places up by document, each once, whatever the order in which they are asked for later. */
function placing(diagnostics: readonly Diagnostic[], locate: Locate): Locate {
  const refs = diagnostics.flatMap(({ at, related = [] }) => [at, ...related.map(other => other.at)]);
  const fields = refs.filter(ref => ref !== undefined && isFieldRef(ref));
  fields.sort((a, b) => (a.document < b.document ? -1 : 1));
  const places = new Map(fields.map(ref => [ref, locate(ref)]));
  return ref => places.get(ref);
}

function keyOf({ rule, message, at }: Located): string {
  return JSON.stringify([rule.id, message, at?.file, at?.line, at?.column]);
}

function pageFinding({ rule, severity, message, help, at }: Located, field: FieldRef | undefined): PageFinding {
  return {
    rule: rule.id,
    name: rule.name,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(field === undefined ? {} : { field }),
    ...(at?.object === undefined ? {} : { object: at.object }),
    ...(at === undefined ? {} : { at }),
  };
}
