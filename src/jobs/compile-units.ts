import { compileSteps } from '../compile/compile.ts';
import { noIngress } from '../compile/rules/selection.ts';
import type { CompileSettings } from '../compile/settings.ts';
import { amongStrangers } from '../compile/strangers.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import type { Locate } from '../diagnostics/located.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { isError } from '../diagnostics/severities.ts';
import { collectChosen } from '../findings/choose.ts';
import { USUAL_LEVELS } from '../findings/levels.ts';
import type { Levels } from '../findings/levels.ts';
import type { ExcludedEntry } from '../input/exclusion.ts';
import { noManifests } from '../input/rules/empty-input.ts';
import type { PassedOver } from '../input/source.ts';
import { checkRouting } from '../lint/check-routing.ts';
import type { InputSnapshot } from '../live/live-input.ts';
import type { Unit } from '../resources/unit.ts';
import type { Comment } from '../manifests/comments.ts';
import type { Document } from '../manifests/document.ts';
import { helmChart, unappliedKustomization } from '../manifests/rules/other-tools.ts';
import { deployedElsewhere, unrenderedTemplate } from '../manifests/rules/repository.ts';
import { locator } from '../manifests/locate.ts';
import type { ConfigMap, Resource } from '../resources/model.ts';
import { unfilledPlaceholder } from '../resources/rules/placeholders.ts';
import { refuseIngress } from '../resources/refused-ingress.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce } from '../steps/steps.ts';
import type { RunCounts } from './counts.ts';
import { causesOf } from './empty-input.ts';
import type { Loaded } from './loaded.ts';
import type { JobMemory } from './memory.ts';
import type { Divide } from './repository.ts';
import { asLintSays, dividing, foundInParts, leftOutOfParts, withoutRepeats } from './repository.ts';

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
  { units, files, excluded = [], levels = USUAL_LEVELS, toCheck }: InputToCompile,
  settings: CompileSettings,
  earlier: readonly Diagnostic[] = [],
  memory?: JobMemory,
): Steps<Loaded> {
  const documents = allOf(units, unit => unit.documents);
  const found = [...earlier, ...allOf(units, unit => unit.diagnostics)];
  const input: CompileInput = {
    resources: allOf(units, unit => unit.resources),
    settings,
    memory,
    documents,
    comments: allOf(units, unit => unit.comments),
    levels,
    diagnostics: toCheck === undefined ? found : asLintSays(found),
    divide: toCheck === undefined ? undefined : dividing(documents, settings),
    passedOver: toCheck?.passedOver ?? [],
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
  /** Undefined where all of it is compiled at once. */
  readonly divide: Divide | undefined;
  /** What the user wants to hear of it is chosen when all parts have been compiled. */
  readonly isPart?: true;
  readonly passedOver: readonly PassedOver[];
  readonly counts: Omit<RunCounts, 'leftOut'>;
}

function* compileInput(input: CompileInput, refused: ReadonlySet<string>): Steps<Loaded> {
  if (input.divide !== undefined) return yield* compileParts(input, input.divide, refused);
  const chosen =
    input.isPart === true
      ? collectChosen(USUAL_LEVELS, { ...input, documents: [], comments: [] })
      : collectChosen(input.levels, input);
  const resources = withRefused(input.resources, refused);
  const report = amongStrangers(input.settings.world, resources, chosen.report);
  for (const found of causesOf(input.diagnostics)) report(found);
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
    passedOver: input.passedOver,
    wanted,
    forwardsWanted,
    ingresses: resources.filter(resource => resource.kind === 'Ingress'),
    services: resources.filter(resource => resource.kind === 'Service'),
    controllerConfig: controllerConfigIn(resources, input.settings),
    documents: input.documents,
    without: more => compileInput(input, more),
  };
}

function controllerConfigIn(
  resources: readonly Resource[],
  { controllerConfig: name }: CompileSettings,
): ConfigMap | undefined {
  if (name === undefined) return undefined;
  const configMaps = resources.filter(resource => resource.kind === 'ConfigMap');
  return configMaps.find(configMap => `${configMap.namespace}/${configMap.name}` === name);
}

function withRefused(resources: readonly Resource[], refused: ReadonlySet<string>): readonly Resource[] {
  return resources.map(resource =>
    resource.kind === 'Ingress' && refused.has(objectText(resource)) ? refuseIngress(resource) : resource,
  );
}

/** Compiles each part by itself, and puts together what was found. */
function* compileParts(input: CompileInput, divide: Divide, refused: ReadonlySet<string>): Steps<Loaded> {
  const chosen = collectChosen(input.levels, input);
  const { report } = chosen;
  for (const found of causesOf(input.diagnostics)) report(found);
  const { parts, needs } = divide(withRefused(input.resources, refused), report);
  const variants: Loaded[] = [];
  const passOn = withoutRepeats(withoutFollowUps(input.diagnostics, report));
  for (const { resources, settings } of parts) {
    const part: CompileInput = { ...input, diagnostics: [], divide: undefined, isPart: true, resources, settings };
    const variant = yield* compileInput(part, refused);
    variants.push(variant);
  }
  for (const found of foundInParts(variants.map(each => each.diagnostics))) passOn(found);
  const leftOut = leftOutOfParts(variants.map(each => each.leftOut));
  const [first] = variants;
  if (first === undefined) throw new Error('an input has no parts');
  return {
    ...first,
    ...chosen,
    leftOut,
    counts: { ...first.counts, leftOut: leftOut.length, needs },
    ingresses: input.resources.filter(resource => resource.kind === 'Ingress'),
    services: input.resources.filter(resource => resource.kind === 'Service'),
    ...(variants.length === 1 ? {} : { variants }),
    without: more => compileInput(input, more),
  };
}

/** After these, nobody wonders where the Ingresses are. */
const EXPLANATIONS: ReadonlySet<Rule> = new Set<Rule>([
  helmChart,
  unappliedKustomization,
  unrenderedTemplate,
  unfilledPlaceholder,
  deployedElsewhere,
]);

/** In a folder without any manifest, there is no Ingress either. */
function isExplanation(found: Diagnostic): boolean {
  return isError(found) || found.rule === noManifests || (found.severity === 'info' && EXPLANATIONS.has(found.rule));
}

/** That there is no Ingress needs no word where it was said that something could not be read. */
function withoutFollowUps(earlier: readonly Diagnostic[], report: Report): Report {
  const isExplained = earlier.some(isExplanation);
  return found => {
    if (!isExplained || found.rule !== noIngress) report(found);
  };
}
