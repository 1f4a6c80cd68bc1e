import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { holdBack } from '../diagnostics/diagnostic.ts';
import { accepts } from '../../generated/accepts.js';
import type { ReadObject } from '../manifests/document.ts';
import { configMapKind } from './config-map.ts';
import { endpointSliceKind } from './endpoint-slice.ts';
import { endpointsKind } from './endpoints.ts';
import { ingressClassKind } from './ingress-class.ts';
import { ingressKind } from './ingress.ts';
import { checkMetadata, identityOf, namelessIdentity } from './metadata.ts';
import { ANNOTATIONS_PREFIX, type Resource } from './model.ts';
import { gatherPlaceholders } from './placeholders.ts';
import type { KubernetesVersion } from './kubernetes-release.ts';
import { findVersionProblems } from './kubernetes-version.ts';
import { findRemovedVersion } from './removed-version.ts';
import { hiddenProblems, unknownField } from './rules/fields.ts';
import { schemaErrors } from './schema-errors.ts';
import { problemOf } from './schema-problems.ts';
import { findOversize } from './size.ts';
import { secretKind } from './secret.ts';
import { serviceKind } from './service.ts';
import { versionFix } from './version-fix.ts';
import { findingOf, type Kind, type Problem, type Subject } from './subject.ts';

const KINDS: ReadonlyMap<string, Kind> = new Map(
  [ingressKind, ingressClassKind, serviceKind, endpointsKind, endpointSliceKind, secretKind, configMapKind].map(
    kind => [kind.kind, kind],
  ),
);

/** How objects are read. */
export interface ReadSettings {
  /** What annotations of the controller begin with, slash included. */
  readonly annotationsPrefix?: string | undefined;
  /** What the objects are for; without it, all versions that are supported today. */
  readonly kubernetesVersion?: KubernetesVersion | undefined;
}

/** Findings of one object that are shown; a broken template can make thousands. */
const MOST_PROBLEMS = 50;

/**
 * Checks an object as the API server would, and turns it into a resource. An object with unknown fields only is taken
 * without them, as the server takes it, unless they may have been a guard; of an Ingress with errors is left what it asked
 * for, marked as refused. Kinds of other API groups are passed over.
 */
export function validateObject(
  object: ReadObject,
  report: Report,
  { annotationsPrefix = ANNOTATIONS_PREFIX, kubernetesVersion }: ReadSettings = {},
): Resource | undefined {
  const { document, value } = object;
  const kind = KINDS.get(document.kind);
  if (kind === undefined) return undefined;
  if (object.isMistyped === true) {
    const subject: Subject = { document, value, annotationsPrefix, complain: () => undefined };
    return kind.salvage?.(subject, identityOf(subject, kind) ?? namelessIdentity(subject));
  }
  // Versions that a kind never had are reported where documents are parsed.
  if (!Object.hasOwn(kind.versions, document.apiVersion)) return undefined;
  const removed = findRemovedVersion(object, kubernetesVersion);
  if (removed !== undefined) {
    const fix = versionFix(object, (each, quietly) => judge(kind, each, quietly, annotationsPrefix));
    report(fix === undefined ? removed : { ...removed, fix });
  }
  if (removed === undefined && kubernetesVersion !== undefined) {
    for (const found of findVersionProblems(object, kubernetesVersion)) report(found);
  }
  return judgeBySize(kind, object, report, annotationsPrefix);
}

/** Of an object that is refused, its size need not be said as well. */
function judgeBySize(kind: Kind, object: ReadObject, report: Report, annotationsPrefix: string): Resource | undefined {
  const oversize = findOversize(object);
  if (oversize === undefined) return judge(kind, object, report, annotationsPrefix);
  const said: Finding[] = [];
  const judged = judge(kind, object, found => void said.push(found), annotationsPrefix);
  for (const found of said.length === 0 ? [oversize] : said) report(found);
  return judged;
}

/** The same, where its kind is known and its version is none that is gone. */
function judge(kind: Kind, object: ReadObject, report: Report, annotationsPrefix: string): Resource | undefined {
  const { document, value, asked } = object;
  const schema = kind.versions[document.apiVersion];
  if (schema === undefined) return undefined;
  const examination = examine(kind, { document, value, annotationsPrefix }, report);
  const { subject } = examination;
  if (!accepts[schema](value)) {
    for (const error of schemaErrors(schema, value)) {
      const problem = problemOf(error, subject, kind);
      if (problem !== undefined) subject.complain(problem);
    }
  }
  checkMetadata(subject, kind);
  kind.check(subject);
  const isUsable = examination.finish();
  const identity = identityOf(subject, kind);
  // What a template will be is not known: nothing of it is to be judged.
  if (examination.isUnfilled() && kind.kind === 'Ingress') return undefined;
  if (identity !== undefined && isUsable && asked === undefined) return kind.normalise(subject, identity);
  if (identity === undefined && kind.isSalvagedNameless !== true) return undefined;
  const whole = asked === undefined ? subject : { ...subject, value: asked };
  return kind.salvage?.(whole, identity ?? namelessIdentity(subject));
}

/** The same for several. */
export function validateObjects(
  objects: readonly ReadObject[],
  report: Report,
  settings?: ReadSettings,
): readonly Resource[] {
  return objects.map(object => validateObject(object, report, settings)).filter(resource => resource !== undefined);
}

/**
 * Collects what is said of one object: every value and kind of problem once, and not without end. What it takes is made
 * with the first complaint, since most objects give no reason for one.
 */
function examine(kind: Kind, about: Omit<Subject, 'complain'>, report: Report) {
  let sayings: Sayings | undefined;
  const subject: Subject = {
    document: about.document,
    value: about.value,
    annotationsPrefix: about.annotationsPrefix,
    complain(problem) {
      sayings ??= sayingsOf(kind, subject, report);
      sayings.complain(problem);
    },
  };
  /** Whether it is good enough to be used. */
  const finish = (): boolean => sayings === undefined || sayings.finish();
  return { subject, finish, isUnfilled: () => sayings?.isUnfilled() === true };
}

interface Sayings {
  readonly complain: (problem: Problem) => void;
  readonly finish: () => boolean;
  /** It is a template of a repository, which is said instead of anything else. */
  readonly isUnfilled: () => boolean;
}

function sayingsOf(kind: Kind, subject: Subject, report: Report): Sayings {
  const { document } = subject;
  const isFromRepository = document.source.isFromRepository === true;
  const held = holdBack(report);
  let isUnfilled = false;
  const seen = new Set<string>();
  let isUsable = true;
  const placeholders = gatherPlaceholders(subject);
  const say = (problem: Problem): void => {
    const key = JSON.stringify([problem.rule.id, problem.part, problem.path, problem.message]);
    if (seen.has(key)) return;
    seen.add(key);
    const finding = findingOf(document, problem);
    const isTolerated = finding.rule.severity === 'error' && kind.tolerates?.(subject, problem) === true;
    const isHarmless = problem.rule === unknownField && kind.mayGuard?.(subject, problem.path) !== true;
    if (problem.rule.severity === 'error' && !isTolerated && !isHarmless) isUsable = false;
    if (seen.size <= MOST_PROBLEMS) held.report(isTolerated ? { ...finding, severity: 'warning' } : finding);
    if (seen.size !== MOST_PROBLEMS + 1) return;
    const message = `this ${kind.kind} has more than ${MOST_PROBLEMS} problems; the others are not shown`;
    held.report(findingOf(document, { rule: hiddenProblems, message, path: [] }));
  };
  return {
    complain(problem) {
      if (!placeholders.take(problem)) say(problem);
    },
    finish() {
      const problem = placeholders.problem();
      if (problem !== undefined && isFromRepository) {
        isUnfilled = true;
        report({ ...findingOf(document, problem), severity: 'info' });
        return false;
      }
      if (problem !== undefined) say(problem);
      held.release();
      return isUsable;
    },
    isUnfilled: () => isUnfilled,
  };
}
