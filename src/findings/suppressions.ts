import type { Diagnostic, Finding } from '../diagnostics/diagnostic.ts';
import type { FieldRef, ObjectName, Origin, Place } from '../diagnostics/place.ts';
import { isFieldRef, keyOf } from '../diagnostics/place.ts';
import type { Locate } from '../diagnostics/located.ts';
import { isNamed } from '../diagnostics/rule.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { Comment } from '../manifests/comments.ts';
import type { Document, OwnAnnotation } from '../manifests/document.ts';
import { IGNORE_ANNOTATION } from '../manifests/document.ts';
import { objectNameOf } from '../manifests/object-name.ts';
import type { ReadComment } from './suppression-text.ts';
import { readComment, readRules } from './suppression-text.ts';

/** Where a suppression holds. */
export type SuppressionScope =
  | { readonly kind: 'line'; readonly file: string; readonly line: number | undefined }
  | { readonly kind: 'file'; readonly file: string; readonly template: string | undefined }
  | { readonly kind: 'object'; readonly document: string; readonly file: string; readonly object?: ObjectName };

/** What somebody does not want to hear. */
export interface Suppression {
  readonly scope: SuppressionScope;
  /** What it begins with: `ingress2nginx-disable-line`, or the annotation. */
  readonly word: string;
  /** Ids and names of rules, as they are written. */
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly at: Place;
}

/** The parts of an input that suppressions may stand in, and how places in it are found. */
export interface SuppressionInput {
  readonly documents: readonly Document[];
  readonly comments: readonly Comment[];
  readonly locate: Locate;
}

export interface Suppressions {
  /** The narrowest one that holds for a finding. */
  readonly holdingFor: (found: Diagnostic) => Suppression | undefined;
  /** Whether a finding stands where one of them holds, whatever it names. */
  readonly covers: (suppression: Suppression, found: Pick<Finding, 'rule' | 'at'>) => boolean;
  readonly all: readonly Suppression[];
  /** Comments and annotations that are meant to be one, with the word that nobody knows. */
  readonly unknown: readonly { readonly word: string; readonly at: Place }[];
}

/** The suppressions of an input; undefined when it has none, as most have. */
export function suppressionsIn(input: SuppressionInput): Suppressions | undefined {
  const annotated = input.documents.flatMap(document => {
    return document.ignore === undefined ? [] : [{ document, ...document.ignore }];
  });
  if (annotated.length === 0 && input.comments.length === 0) return undefined;
  const ignoring = annotated.filter(({ key }) => key === IGNORE_ANNOTATION);
  const read = input.comments.map(comment => ({ comment, ...readOne(comment) }));
  const ofComments = read.flatMap(({ suppression }) => suppression ?? []);
  const ofObjects = ignoring.map(ofAnnotation);
  return {
    all: [...ofComments, ...ofObjects],
    unknown: [
      ...read.flatMap(({ comment: { at }, word }) => (word === undefined ? [] : [{ word, at }])),
      ...annotated.flatMap(({ document, key }) =>
        key === IGNORE_ANNOTATION ? [] : [{ word: key, at: keyOf(annotationIn(document, key)) }],
      ),
    ],
    ...findersFor([...ofComments, ...ofObjects], input),
  };
}

interface Annotated extends OwnAnnotation {
  readonly document: Document;
}

interface ReadOne {
  readonly suppression?: Suppression;
  readonly word?: string;
}

function readOne(comment: Comment): ReadOne {
  const read = readComment(comment);
  if (read.kind === 'unknown') return { word: read.word };
  const { word, rules, reason } = read;
  return { suppression: { scope: scopeOf(comment, read), word, rules, reason, at: comment.at } };
}

type SuppressingComment = Extract<ReadComment, { kind: 'suppression' }>;

function scopeOf({ at, nextLine, template }: Comment, { scope }: SuppressingComment): SuppressionScope {
  switch (scope) {
    case 'file':
      return { kind: 'file', file: at.file, template };
    case 'line':
      return { kind: 'line', file: at.file, line: at.line };
    case 'next-line':
      return { kind: 'line', file: at.file, line: nextLine };
  }
}

function annotationIn({ id }: Document, key: string): FieldRef {
  return { document: id, path: ['metadata', 'annotations', key] };
}

function ofAnnotation({ document, key, text }: Annotated): Suppression {
  const object = objectNameOf(document);
  return {
    scope: {
      kind: 'object',
      document: document.id,
      file: document.source.name,
      ...(object === undefined ? {} : { object }),
    },
    word: key,
    ...readRules(text),
    at: annotationIn(document, key),
  };
}

type Finders = Pick<Suppressions, 'holdingFor' | 'covers'>;

function findersFor(suppressions: readonly Suppression[], { documents, locate }: SuppressionInput): Finders {
  const byPlace = new Map<string, Suppression[]>();
  const commented = new Set<string>();
  for (const suppression of suppressions) {
    const { scope } = suppression;
    const key = textOf(scope);
    const others = byPlace.get(key);
    if (others === undefined) byPlace.set(key, [suppression]);
    else others.push(suppression);
    if (scope.kind !== 'object') commented.add(scope.file);
  }
  const fileOf = new Map(documents.map(({ id, source }) => [id, source.name]));
  const namingAt = (scope: SuppressionScope, rule: Rule): Suppression | undefined =>
    byPlace.get(textOf(scope))?.find(({ rules }) => rules.some(name => isNamed(rule, name)));
  const scopesFor = ({ rule, at }: Pick<Finding, 'rule' | 'at'>): readonly SuppressionScope[] => {
    if (rule.canBeSuppressed === false || at === undefined) return [];
    const file = isFieldRef(at) ? (fileOf.get(at.document) ?? '') : at.file;
    const origins = commented.has(file) ? originsOf(at, locate) : [];
    return [...scopesOf(at, { file, origins })];
  };
  return {
    holdingFor: found =>
      scopesFor(found)
        .map(scope => namingAt(scope, found.rule))
        .find(held => held !== undefined),
    covers: ({ scope }, found) => scopesFor(found).some(each => textOf(each) === textOf(scope)),
  };
}

/**
 * Where a finding stands. A value that begins in another line than its key, as a block of text, in which there can be no
 * comment, stands in the line of the key as well.
 */
function originsOf(at: Place, locate: Locate): readonly Origin[] {
  if (!isFieldRef(at)) return [at];
  const whole: FieldRef = { document: at.document, path: at.path, part: 'key' };
  return [at, whole].flatMap(place => locate(place) ?? []);
}

interface Standing {
  readonly file: string;
  readonly origins: readonly Origin[];
}

/** Where a suppression may hold for a finding, the narrowest first. */
function* scopesOf(at: Place, { file, origins }: Standing): Generator<SuppressionScope> {
  for (const { line } of origins) yield { kind: 'line', file, line };
  if (isFieldRef(at)) yield { kind: 'object', document: at.document, file };
  for (const { template } of origins) yield { kind: 'file', file, template };
}

/** One text for scopes that are the same. */
function textOf(scope: SuppressionScope): string {
  switch (scope.kind) {
    case 'line':
      return JSON.stringify([scope.kind, scope.file, scope.line]);
    case 'file':
      return JSON.stringify([scope.kind, scope.file, scope.template]);
    case 'object':
      return JSON.stringify([scope.kind, scope.document]);
  }
}
