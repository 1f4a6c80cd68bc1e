import { isDeepStrictEqual } from 'node:util';

import { dump } from 'js-yaml/browser';

import type { PlainObject } from '../../json/value.ts';
import { isRecord } from '../../json/value.ts';
import { collect } from '../../diagnostics/diagnostic.ts';
import type { SourceText } from '../../input/source.ts';
import type { Document } from '../../manifests/document.ts';
import { keptOf } from '../../manifests/document.ts';
import { validateObject } from '../../resources/validate.ts';
import type { Unit } from '../../resources/unit.ts';
import type { Served } from './api-types.ts';
import type { KubeObject } from './object.ts';

/**
 * Makes a unit of an object, checked as its manifest would be. Its text is made when a finding asks for a place in it.
 *
 * @param annotationsPrefix what annotations of the controller begin with, slash included
 */
export function unitOf({ key, value }: KubeObject, { apiVersion, kind }: Served, annotationsPrefix?: string): Unit {
  const source = sourceOf(`${kind} ${key}`, value);
  const document: Document = {
    id: `${source.name}#0`,
    apiVersion,
    kind,
    ...keptOf(kind, value),
    source,
    start: 0,
    get end() {
      return source.text.length;
    },
    itemPath: [],
    part: undefined,
    helmSource: undefined,
  };
  const { report, diagnostics } = collect();
  const resource = validateObject({ document, value }, report, { annotationsPrefix });
  return {
    documents: [document],
    resources: resource === undefined ? [] : [resource],
    diagnostics,
    comments: [],
    skipped: 0,
    isBlank: false,
  };
}

/** Whether two units of one object come to the same, whatever else changed in it. */
export function isSameUnit(one: Unit, other: Unit): boolean {
  return (
    isDeepStrictEqual(one.resources, other.resources) &&
    isDeepStrictEqual(one.diagnostics, other.diagnostics) &&
    isDeepStrictEqual(ignoredIn(one), ignoredIn(other))
  );
}

function ignoredIn({ documents }: Unit): readonly Document['ignore'][] {
  return documents.map(({ ignore }) => ignore);
}

/** The text that was made last: a finding asks for it several times. */
let latest: { readonly value: PlainObject; readonly text: string } | undefined;

function sourceOf(name: string, value: PlainObject): SourceText {
  return {
    name,
    get text() {
      if (latest?.value !== value) latest = { value, text: textOf(value) };
      return latest.text;
    },
  };
}

/** As `kubectl get -o yaml` would show it, but for what a Secret hides. */
function textOf(value: PlainObject): string {
  const { apiVersion, kind, metadata, ...rest } = value;
  return dump({ apiVersion, kind, metadata, ...(kind === 'Secret' ? hidden(rest) : rest) }, { lineWidth: -1 });
}

function hidden(fields: PlainObject): PlainObject {
  const masked = (value: PlainObject): PlainObject =>
    Object.fromEntries(Object.keys(value).map(key => [key, '(not shown)']));
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      if (field === 'type' || field === 'immutable') return [field, value];
      return [field, isRecord(value) ? masked(value) : '(not shown)'];
    }),
  );
}
