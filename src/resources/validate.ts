import type { Report } from '../diagnostics/diagnostic.ts';
import { accepts } from '../../generated/accepts.js';
import type { Document } from '../manifests/document.ts';
import { configMapKind } from './config-map.ts';
import { endpointSliceKind } from './endpoint-slice.ts';
import { endpointsKind } from './endpoints.ts';
import { ingressClassKind } from './ingress-class.ts';
import { ingressKind } from './ingress.ts';
import { checkMetadata, identityOf, namelessIdentity } from './metadata.ts';
import { ANNOTATIONS_PREFIX, type Resource } from './model.ts';
import { gatherPlaceholders } from './placeholders.ts';
import { findRemovedVersion } from './removed-version.ts';
import { hiddenProblems, unknownField } from './rules/fields.ts';
import { schemaErrors } from './schema-errors.ts';
import { problemOf } from './schema-problems.ts';
import { secretKind } from './secret.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce, pauses } from '../steps/steps.ts';
import { serviceKind } from './service.ts';
import { findingOf, type Kind, type Problem, type Subject } from './subject.ts';

const KINDS: ReadonlyMap<string, Kind> = new Map(
  [ingressKind, ingressClassKind, serviceKind, endpointsKind, endpointSliceKind, secretKind, configMapKind].map(
    kind => [kind.kind, kind],
  ),
);

/** Findings of one object that are shown; a broken template can make thousands. */
const MOST_PROBLEMS = 50;

/**
 * Checks the documents as the API server would, and turns those without errors into resources. A document with
 * unknown fields only is taken without them, as the server takes it, unless they may have been a guard; of an Ingress with
 * errors is left what it asked for, marked as refused. Kinds of other API groups are passed over.
 *
 * @param annotationsPrefix what annotations of the controller begin with, slash included
 */
export function* validatingSteps(
  documents: readonly Document[],
  report: Report,
  annotationsPrefix = ANNOTATIONS_PREFIX,
): Steps<readonly Resource[]> {
  const resources: Resource[] = [];
  const isPauseDue = pauses();
  for (const document of documents) {
    const kind = KINDS.get(document.kind);
    const resource = kind && validateDocument({ document, kind, annotationsPrefix }, report);
    if (resource !== undefined) resources.push(resource);
    // Objects may be large.
    if (isPauseDue(20)) yield;
  }
  return resources;
}

/** The same without a pause. */
export function validateDocuments(...input: Parameters<typeof validatingSteps>): readonly Resource[] {
  return atOnce(validatingSteps(...input));
}

/** An object with what is known of its kind. */
interface Examined {
  readonly document: Document;
  readonly kind: Kind;
  readonly annotationsPrefix: string;
}

function validateDocument(examined: Examined, report: Report): Resource | undefined {
  const { document, kind, annotationsPrefix } = examined;
  if (document.isMistyped === true) {
    const subject: Subject = { document, value: document.value, annotationsPrefix, complain: () => undefined };
    return kind.salvage?.(subject, identityOf(subject, kind) ?? namelessIdentity(subject));
  }
  const schema = Object.hasOwn(kind.versions, document.apiVersion) ? kind.versions[document.apiVersion] : undefined;
  // Versions that a kind never had are reported where documents are parsed.
  if (schema === undefined) return undefined;
  const removed = findRemovedVersion(document);
  if (removed !== undefined) report(removed);
  const examination = examine(examined, report);
  const { subject } = examination;
  if (!accepts[schema](document.value)) {
    for (const error of schemaErrors(schema, document.value)) {
      const problem = problemOf(error, subject, kind);
      if (problem !== undefined) subject.complain(problem);
    }
  }
  checkMetadata(subject, kind);
  kind.check(subject);
  examination.finish();
  const identity = identityOf(subject, kind);
  const { asked } = document;
  if (identity !== undefined && examination.isUsable() && asked === undefined) {
    return kind.normalise(subject, identity);
  }
  if (identity === undefined && kind.isSalvagedNameless !== true) return undefined;
  const whole = asked === undefined ? subject : { ...subject, value: asked };
  return kind.salvage?.(whole, identity ?? namelessIdentity(subject));
}

/** Collects what is said of one object: every value and kind of problem once, and not without end. */
function examine({ document, kind, annotationsPrefix }: Examined, report: Report) {
  let seen: Set<string> | undefined;
  let isUsable = true;
  const placeholders = gatherPlaceholders({ document, value: document.value });
  const complain = (problem: Problem): void => {
    if (placeholders.take(problem)) return;
    say(problem);
  };
  const say = (problem: Problem): void => {
    const key = JSON.stringify([problem.rule.id, problem.part, problem.path, problem.message]);
    seen ??= new Set();
    if (seen.has(key)) return;
    seen.add(key);
    const finding = findingOf(document, problem);
    const isTolerated = finding.rule.severity === 'error' && kind.tolerates?.(subject, problem) === true;
    const isHarmless = problem.rule === unknownField && kind.mayGuard?.(subject, problem.path) !== true;
    if (problem.rule.severity === 'error' && !isTolerated && !isHarmless) isUsable = false;
    if (seen.size <= MOST_PROBLEMS) report(isTolerated ? { ...finding, severity: 'warning' } : finding);
    if (seen.size !== MOST_PROBLEMS + 1) return;
    const message = `this ${kind.kind} has more than ${MOST_PROBLEMS} problems; the others are not shown`;
    report(findingOf(document, { rule: hiddenProblems, message, path: [] }));
  };
  const subject: Subject = { document, value: document.value, annotationsPrefix, complain };
  const finish = (): void => {
    const problem = placeholders.problem();
    if (problem !== undefined) say(problem);
  };
  return { subject, isUsable: () => isUsable, finish };
}
