import type { PlainObject } from '../json/value.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { FieldFix } from '../diagnostics/fix.ts';
import { fixBelow, fixIn } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { Document } from '../manifests/document.ts';
import type { Resource } from './model.ts';
import type { SchemaName } from '../../generated/accepts.js';

/** What is wrong with a value, in words, before it is known where the value stands. */
export interface Complaint {
  readonly rule: Rule;
  readonly message: string;
  readonly help?: string | undefined;
}

/** A complaint about a value of an object. For a missing field the path is that of the object that lacks it. */
export interface Problem extends Complaint {
  readonly path: FieldPath;
  readonly part?: 'key';
  /** Its paths count from where `path` does. */
  readonly fix?: FieldFix | undefined;
}

/** An object under examination. */
export interface Subject {
  readonly document: Document;
  readonly value: PlainObject;
  /** What annotations of the controller begin with, slash included. */
  readonly annotationsPrefix: string;
  readonly complain: (problem: Problem) => void;
}

/** How names of a kind look: `dns-name` for most, `service-name` for Services. */
export type NameForm = 'dns-name' | 'service-name';

/** One kind of object: what its versions look like, what the schema cannot say, and how it becomes a resource. */
export interface Kind {
  readonly kind: Resource['kind'] | 'Endpoints' | 'EndpointSlice';
  readonly scope: 'namespace' | 'cluster';
  readonly nameForm: NameForm;
  /** By apiVersion. */
  readonly versions: Readonly<Record<string, SchemaName>>;
  /** Finds what the schema cannot say. The value may have any shape: a wrong one is reported already. */
  readonly check: (subject: Subject) => void;
  /** Whether the API server lets this pass in this object although it refuses it elsewhere: then it is a warning. */
  readonly tolerates?: (subject: Subject, problem: Problem) => boolean;
  /** What to do about a field that there is not, such as its name in this version; or that `check` speaks of it. */
  readonly explainUnknown?: (subject: Subject, path: FieldPath, field: string) => UnknownFieldAdvice | undefined;
  /** Whether the object must not be served without an unknown field, which the API server would drop. */
  readonly mayGuard?: (subject: Subject, path: FieldPath) => boolean;
  /** Called for objects without errors only (but for unknown fields that are no guard). */
  readonly normalise: (subject: Subject, identity: Identity) => Resource;
  /** Called for objects with errors: what of it later stages must know all the same. The value may have any shape. */
  readonly salvage?: (subject: Subject, identity: Identity) => Resource;
  /** Whether even an object without a name is salvaged. */
  readonly isSalvagedNameless?: true;
}

export type UnknownFieldAdvice = { readonly help: string; readonly fix?: FieldFix | undefined } | 'said by check';

/** What all resources have. */
export interface Identity {
  readonly document: string;
  readonly namespace: string;
  readonly name: string;
}

/** The finding that a problem makes in a document. */
export function findingOf(document: Document, problem: Problem): Finding {
  const { rule, message, help, path, part, fix } = problem;
  const at = { document: document.id, path, ...(part === undefined ? {} : { part }) };
  return {
    rule,
    message,
    at,
    ...(help === undefined ? {} : { help }),
    ...(fix === undefined ? {} : { fix: fixIn(document.id, fix) }),
  };
}

/** The same problem further up: its paths begin with more steps. */
export function problemBelow(problem: Problem, ...above: FieldPath): Problem {
  const { path, fix } = problem;
  return {
    ...problem,
    path: [...above, ...path],
    ...(fix === undefined ? {} : { fix: fixBelow(fix, ...above) }),
  };
}
