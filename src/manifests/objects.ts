import type { PlainValue } from '../json/value.ts';
import { isList, isRecord } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { Span } from './cut.ts';
import { keptOf } from './document.ts';
import { isDeeper } from './depth.ts';
import { MAX_DEPTH } from './events.ts';
import { helmSourceOf } from './helm-source.ts';
import { isMeantAsIngress, isOurKind, judgeKind } from './kinds.ts';
import { isMeantAsObject, isMeantIngress } from './meant-objects.ts';
import { withNamespace } from './namespaces.ts';
import { countSkipped } from './reading.ts';
import type { Reading } from './reading.ts';
import {
  itemsNotAList,
  missingApiVersion,
  missingKind,
  misspeltKind,
  notAnObject,
  notKubernetes,
  unknownApiVersion,
} from './rules/objects.ts';
import { kubectlMessage } from './rules/other-tools.ts';
import { nestingTooDeep } from './rules/syntax.ts';
import { serverErrorIn } from './server-error.ts';
import { idOf, meantVersion, report, spotName, typeProblem, writeInstead } from './object-problems.ts';
import { shapeOf } from './shape-of.ts';

/** Where an object stands in its source. */
export interface Spot {
  /** The YAML or JSON document that holds it. */
  readonly document: Span;
  /** The number of that document in the source, from 0; of a part of it, with that of the part: `2.1`. */
  readonly index: number | string;
  readonly itemPath: FieldPath;
  /** The item of a long list, if it was cut and parsed by itself. */
  readonly part?: Span;
  /** It was read in a way that takes no deep values, so that nobody need look how deep it is. */
  readonly isShallow?: boolean;
  /** kubectl refuses what holds it, which has been reported: an Ingress is closed, other objects are passed over. */
  readonly isRefused?: true;
  /** What the items of a typed list may leave out. */
  readonly inherited?: { readonly apiVersion: string; readonly kind: string };
}

type Mapping = Readonly<Record<string, PlainValue>>;

/** Makes a document of an object, or several of a list; counts what is of other kinds and reports what is neither. */
export function* addObject(reading: Reading, value: PlainValue, spot: Spot): Steps<void> {
  const list = addUnlessList(reading, value, spot);
  if (list !== undefined) yield* addItems(reading, list);
}

/** A list is left to the caller. */
function addUnlessList(reading: Reading, value: PlainValue, spot: Spot): List | undefined {
  if (!isRecord(value)) {
    const help = 'an object begins with apiVersion, kind and metadata';
    report(reading, spot, {
      rule: notAnObject,
      message: `${spotName(spot)} is ${shapeOf(value)}, not an object`,
      help,
    });
    return undefined;
  }
  const kind = value['kind'] ?? spot.inherited?.kind;
  const apiVersion = value['apiVersion'] ?? spot.inherited?.apiVersion;
  const serverError = serverErrorIn(value);
  if (serverError !== undefined) {
    report(reading, spot, { rule: kubectlMessage, ...serverError });
    return undefined;
  }
  if (kind === undefined && apiVersion === undefined) {
    addUntyped(reading, value, spot);
    return undefined;
  }
  if (typeof kind !== 'string' || kind === '') {
    const isIngress = isMeantIngress(reading.source, value);
    const rule = isIngress || reading.source.isFromRepository !== true ? missingKind : notKubernetes;
    report(reading, spot, { rule, ...typeProblem('kind', value['kind'], 'kind: Ingress') });
    if (isIngress) addMistyped(reading, value, spot);
    return undefined;
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    const example = 'apiVersion: networking.k8s.io/v1';
    const isObject =
      isMeantAsObject(reading.source, value) && (reading.source.isFromRepository !== true || isOurKind(kind));
    const rule = isObject ? missingApiVersion : notKubernetes;
    report(reading, spot, { rule, ...typeProblem('apiVersion', value['apiVersion'], example) });
    if (isObject && isMeantAsIngress(kind)) addMistyped(reading, value, spot);
    return undefined;
  }
  if (kind === 'List' || (kind.endsWith('List') && 'items' in value)) return { value, spot, apiVersion, kind };
  addTyped(reading, value, { spot, apiVersion, kind });
  return undefined;
}

/** What has neither kind nor apiVersion. */
function addUntyped(reading: Reading, value: Mapping, spot: Spot): void {
  if (isMeantIngress(reading.source, value)) {
    const help = 'write "apiVersion: networking.k8s.io/v1" and "kind: Ingress"';
    report(reading, spot, { rule: missingKind, message: 'an Ingress without apiVersion and kind', help });
    addMistyped(reading, value, spot);
    return;
  }
  const help = 'leave the file out, or write apiVersion and kind';
  const message = `${spotName(spot)} has neither apiVersion nor kind: skipped`;
  report(reading, spot, { rule: notKubernetes, message, help });
}

/** An object whose type is written as it should be. */
export interface Typed {
  readonly spot: Spot;
  readonly apiVersion: string;
  readonly kind: string;
}

interface List extends Typed {
  readonly value: Mapping;
}

function* addItems(reading: Reading, list: List): Steps<void> {
  const items = list.value['items'] ?? [];
  if (isList(items)) {
    yield* addListItems(reading, list, items.entries());
    return;
  }
  const message = `items of a ${list.kind} is ${shapeOf(items)}, not a list`;
  report(reading, list.spot, { rule: itemsNotAList, message, path: ['items'] });
}

/** The index of an item, its value, and where it stands if it was parsed by itself. */
export type ListItem = readonly [index: number, value: PlainValue, part?: Span];

/** Adds items of a list, each with its index in it. In a typed list (`IngressList`) they may leave out their type. */
export function* addListItems(reading: Reading, list: Typed, items: Iterable<ListItem>): Steps<void> {
  const { spot, apiVersion, kind } = list;
  const { itemPath } = spot;
  if (itemPath.length >= MAX_DEPTH) {
    report(reading, spot, { rule: nestingTooDeep, message: `lists are nested more than ${MAX_DEPTH / 2} deep` });
    return;
  }
  const isPauseDue = pauses();
  const { inherited: _, ...outer } = spot;
  const inherited = kind === 'List' ? {} : { inherited: { apiVersion, kind: kind.slice(0, -'List'.length) } };
  for (const [number, item, part] of items) {
    const cut = part === undefined ? {} : { part };
    const place = { ...outer, itemPath: [...itemPath, 'items', number], ...cut, ...inherited };
    const inner = addUnlessList(reading, item, place);
    if (inner !== undefined) yield* addItems(reading, inner);
    if (isPauseDue(1)) yield;
  }
}

function addTyped(reading: Reading, value: Mapping, { spot, apiVersion, kind }: Typed): void {
  const verdict = judgeKind(apiVersion, kind);
  switch (verdict.is) {
    case 'other':
      countSkipped(reading, `${apiVersion}/${kind}`);
      return;
    case 'misspelt': {
      if (reading.source.isFromRepository === true && !isOurKind(verdict.meant)) {
        countSkipped(reading, `${apiVersion}/${kind}`);
        return;
      }
      const message = `there is no kind "${kind}" in "${apiVersion}"`;
      const { meant, isClear } = verdict;
      const fix = isClear ? writeInstead('kind', meant) : undefined;
      report(reading, spot, { rule: misspeltKind, message, help: `write "kind: ${meant}"`, path: ['kind'], fix });
      if (verdict.meant === 'Ingress') addMistyped(reading, value, spot);
      return;
    }
    case 'unknown-version': {
      const message = `there is no ${kind} in apiVersion "${apiVersion}"`;
      const help = `write "apiVersion: ${verdict.known.join('" or "')}"`;
      const version = meantVersion(apiVersion, verdict.known);
      const fix = version === undefined ? undefined : writeInstead('apiVersion', version);
      report(reading, spot, { rule: unknownApiVersion, message, help, path: ['apiVersion'], fix });
      if (kind === 'Ingress') addMistyped(reading, value, spot);
      return;
    }
    case 'ours':
  }
  if (spot.isShallow !== true && isDeeper(value, MAX_DEPTH)) {
    report(reading, spot, { rule: nestingTooDeep, message: `nested more than ${MAX_DEPTH} levels deep` });
    return;
  }
  addDocument(reading, value, { spot, apiVersion, kind });
}

/** Keeps an Ingress whose type is a mistake: without it a broader path or host would serve what it asks for. */
export function addMistyped(reading: Reading, value: Mapping, spot: Spot): void {
  if (isDeeper(value, MAX_DEPTH)) return;
  const typed = { ...value, apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
  addDocument(reading, typed, { spot, apiVersion: typed.apiVersion, kind: typed.kind, isMistyped: true });
}

function addDocument(
  reading: Reading,
  written: Mapping,
  { spot, apiVersion, kind, isMistyped = spot.isRefused }: Typed & { readonly isMistyped?: true | undefined },
): void {
  const { document, itemPath, part } = spot;
  const value = withNamespace(written, kind, reading.source.namespace);
  const helmSource = helmSourceOf(reading.source.text, document.start);
  const { name, namespace, status, ignore } = keptOf(kind, value);
  reading.add({
    document: {
      id: idOf(reading.source, spot),
      apiVersion,
      kind,
      name,
      namespace,
      source: reading.source,
      start: document.start,
      end: document.end,
      itemPath,
      part,
      helmSource,
      status,
      ignore,
    },
    value: 'kind' in value && 'apiVersion' in value ? value : { ...value, apiVersion, kind },
    ...(isMistyped === undefined ? {} : { isMistyped }),
  });
}
