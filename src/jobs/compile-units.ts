import { compileSteps } from '../compile/compile.ts';
import { noIngress } from '../compile/rules/selection.ts';
import type { CompileSettings } from '../compile/settings.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import type { Locate } from '../diagnostics/located.ts';
import { objectText } from '../diagnostics/place.ts';
import { isError } from '../diagnostics/severities.ts';
import { collectChosen } from '../findings/choose.ts';
import { USUAL_LEVELS } from '../findings/levels.ts';
import type { Levels } from '../findings/levels.ts';
import type { ExcludedEntry } from '../input/exclusion.ts';
import { checkRouting } from '../lint/check-routing.ts';
import type { InputSnapshot } from '../live/live-input.ts';
import type { Unit } from '../resources/unit.ts';
import type { Comment } from '../manifests/comments.ts';
import type { Document } from '../manifests/document.ts';
import { locator } from '../manifests/locate.ts';
import type { Resource } from '../resources/model.ts';
import { refuseIngress } from '../resources/refused-ingress.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce } from '../steps/steps.ts';
import type { RunCounts } from './counts.ts';
import { causesOf } from './empty-input.ts';
import type { Loaded } from './loaded.ts';
import type { JobMemory } from './memory.ts';

interface InputToCompile extends InputSnapshot {
  /** What the user makes of rules. */
  readonly levels?: Levels;
}

/**
 * Compiles all that is known of an input.
 *
 * @param earlier what was found before, and is no unit's
 */
export function* compileUnitsSteps(
  { units, files, excluded = [], levels = USUAL_LEVELS }: InputToCompile,
  settings: CompileSettings,
  earlier: readonly Diagnostic[] = [],
  memory?: JobMemory,
): Steps<Loaded> {
  const documents = allOf(units, unit => unit.documents);
  const input: CompileInput = {
    resources: allOf(units, unit => unit.resources),
    settings,
    memory,
    documents,
    comments: allOf(units, unit => unit.comments),
    levels,
    diagnostics: [...earlier, ...allOf(units, unit => unit.diagnostics)],
    locate: locator(documents),
    excluded,
    counts: {
      files,
      objects: documents.length,
      // Those that are refused count as well.
      ingresses: documents.filter(document => document.kind === 'Ingress').length,
      skipped: units.reduce((sum, unit) => sum + unit.skipped, 0),
    },
  };
  return yield* compileInput(input, new Set());
}

/** The same without a pause. */
export function compileUnits(...input: Parameters<typeof compileUnitsSteps>): Loaded {
  return atOnce(compileUnitsSteps(...input));
}

/** `flatMap` takes five times as long where nearly all parts have one element. */
function allOf<T>(units: readonly Unit[], partsOf: (unit: Unit) => readonly T[]): readonly T[] {
  const all: T[] = [];
  for (const unit of units) for (const part of partsOf(unit)) all.push(part);
  return all;
}

interface CompileInput {
  readonly resources: readonly Resource[];
  readonly settings: CompileSettings;
  readonly memory: JobMemory | undefined;
  readonly documents: readonly Document[];
  readonly comments: readonly Comment[];
  readonly levels: Levels;
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
  readonly excluded: readonly ExcludedEntry[];
  readonly counts: Omit<RunCounts, 'leftOut'>;
}

function* compileInput(input: CompileInput, refused: ReadonlySet<string>): Steps<Loaded> {
  const chosen = collectChosen(input.levels, input);
  const { report } = chosen;
  for (const found of causesOf(input.diagnostics)) report(found);
  const resources = input.resources.map(resource =>
    resource.kind === 'Ingress' && refused.has(objectText(resource)) ? refuseIngress(resource) : resource,
  );
  // What is left out for a try is no step from one state of the input to the next.
  const memory = refused.size === 0 ? input.memory : undefined;
  const { routing, leftOut, wanted, forwardsWanted } = yield* compileSteps(
    resources,
    input.settings,
    withoutFollowUps(input.diagnostics, report),
    memory?.compile,
  );
  yield 'checks';
  checkRouting(routing, report, memory?.checks);
  return {
    routing,
    memory: input.memory,
    ...chosen,
    locate: input.locate,
    counts: { ...input.counts, leftOut: leftOut.length },
    leftOut,
    excluded: input.excluded,
    wanted,
    forwardsWanted,
    ingresses: resources.filter(resource => resource.kind === 'Ingress'),
    documents: input.documents,
    without: more => compileInput(input, more),
  };
}

/** That there is no Ingress needs no word where it was said that something could not be read. */
function withoutFollowUps(earlier: readonly Diagnostic[], report: Report): Report {
  const isExplained = earlier.some(isError);
  return found => {
    if (!isExplained || found.rule !== noIngress) report(found);
  };
}
