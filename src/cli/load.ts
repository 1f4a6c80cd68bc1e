import type { RoutesMemory } from '../answers/routes.ts';
import { compileSteps } from '../compile/compile.ts';
import type { CompileMemory } from '../compile/memory.ts';
import { noIngress } from '../compile/rules/selection.ts';
import type { CompileSettings } from '../compile/settings.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { readSources } from '../input/read-sources.ts';
import { emptyInput, noManifests } from '../input/rules/empty-input.ts';
import type { RoutingCheckMemory } from '../lint/check-routing.ts';
import { checkRouting } from '../lint/check-routing.ts';
import type { InputSnapshot } from '../live/live-input.ts';
import type { Unit } from '../live/unit.ts';
import { readUnit } from '../live/unit.ts';
import type { Document } from '../manifests/document.ts';
import { locator } from '../manifests/locate.ts';
import type { RenderMemory } from '../nginx/render.ts';
import type { Locate } from '../report/located.ts';
import type { RunCounts } from '../report/summary.ts';
import type { Ingress, Resource } from '../resources/model.ts';
import { refuseIngress } from '../resources/refused-ingress.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce } from '../steps/steps.ts';
import { readStdin } from './face.ts';
import type { InputRequest } from './input-flags.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './settings.ts';

export type Loading = { readonly kind: 'loaded'; readonly loaded: Loaded } | MissingPaths;

/** Paths of the command line that lead nowhere: then nothing is compiled. */
export interface MissingPaths {
  readonly kind: 'missing';
  readonly paths: readonly string[];
}

/** Manifests, read and compiled, and everything that was found on the way. */
export interface Loaded {
  readonly routing: Routing;
  /** What earlier compilations of the same run have left, if it watches. */
  readonly memory: WatchMemory | undefined;
  /** Grows while later stages report. */
  readonly diagnostics: readonly Diagnostic[];
  readonly report: Report;
  readonly locate: Locate;
  readonly counts: RunCounts;
  readonly leftOut: readonly { readonly ingress: string; readonly reason: string }[];
  /** The Secrets (`namespace/name`) that were looked up, there or not. */
  readonly secretsWanted: ReadonlySet<string>;
  /** The ports of Services (`namespace/service:80`) that a local port must lead to. */
  readonly forwardsWanted: ReadonlySet<string>;
  readonly ingresses: readonly Ingress[];
  /** What nothing is compiled from can be read there: status. */
  readonly documents: readonly Document[];
  /**
   * The same input, compiled as if these Ingresses (`Ingress namespace/name`) were not valid: what they asked for
   * answers 503. What later stages reported is not in it.
   */
  readonly without: (refused: ReadonlySet<string>) => Steps<Loaded>;
}

export async function load(input: InputRequest, flags: CompileFlags & EmptyFlags): Promise<Loading> {
  const { report, diagnostics } = collect();
  const { stdinName } = input;
  const { sources, missing } = await readSources(input.paths, { stdin: readStdin, stdinName, report });
  if (missing.length > 0) return { kind: 'missing', paths: missing };
  const units = sources.map(readUnit);
  reportEmptyInput(units, flags, report, diagnostics);
  const settings = compileSettings(flags, Date.now());
  return { kind: 'loaded', loaded: compileUnits({ units, files: sources.length }, settings, diagnostics) };
}

export interface EmptyFlags {
  /** Input that holds nothing is meant so. */
  readonly allowEmpty?: boolean;
}

/** Says it when files hold no object at all, not even an empty list: whatever was served before stays. */
export function reportEmptyInput(
  units: readonly Unit[],
  { allowEmpty }: EmptyFlags,
  report: Report,
  earlier: readonly Diagnostic[] = [],
): void {
  // What could not be read has been said, and is why nothing is there.
  const isExplained = units.length === 0 && earlier.some(isError);
  if (allowEmpty === true || isExplained || !units.every(unit => unit.isBlank)) return;
  const folder = [...earlier, ...allOf(units, unit => unit.diagnostics)].find(({ rule }) => rule === noManifests);
  if (folder === undefined) {
    const help = 'check the command before the pipe for errors, and the paths';
    report({ rule: emptyInput, message: 'the input is empty', help });
    return;
  }
  const { message, at } = folder;
  const help = 'check the path, and whether what should have written the files did run';
  report({ rule: emptyInput, message: `the input is empty: ${message}`, help, ...(at === undefined ? {} : { at }) });
}

/** What a run that compiles again and again keeps, so that a change costs what it changes. */
export interface WatchMemory {
  readonly compile: CompileMemory;
  readonly render: RenderMemory;
  readonly routes: RoutesMemory;
  readonly checks: RoutingCheckMemory;
}

/**
 * Compiles all that is known of an input.
 *
 * @param earlier what was found before, and is no unit's
 */
export function* compileUnitsSteps(
  { units, files }: InputSnapshot,
  settings: CompileSettings,
  earlier: readonly Diagnostic[] = [],
  memory?: WatchMemory,
): Steps<Loaded> {
  const documents = allOf(units, unit => unit.documents);
  const input: CompileInput = {
    resources: allOf(units, unit => unit.resources),
    settings,
    memory,
    documents,
    diagnostics: [...earlier, ...allOf(units, unit => unit.diagnostics)],
    locate: locator(documents),
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
  readonly memory: WatchMemory | undefined;
  readonly documents: readonly Document[];
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
  readonly counts: Omit<RunCounts, 'leftOut'>;
}

function* compileInput(input: CompileInput, refused: ReadonlySet<string>): Steps<Loaded> {
  const { report, diagnostics } = collect();
  for (const found of causesOf(input.diagnostics)) report(found);
  const resources = input.resources.map(resource =>
    resource.kind === 'Ingress' && refused.has(objectText(resource)) ? refuseIngress(resource) : resource,
  );
  // What is left out for a try is no step from one state of the input to the next.
  const memory = refused.size === 0 ? input.memory : undefined;
  const { routing, leftOut, secretsWanted, forwardsWanted } = yield* compileSteps(
    resources,
    input.settings,
    withoutFollowUps(input.diagnostics, report),
    memory?.compile,
  );
  checkRouting(routing, report, memory?.checks);
  return {
    routing,
    memory: input.memory,
    diagnostics,
    report,
    locate: input.locate,
    counts: { ...input.counts, leftOut: leftOut.length },
    leftOut,
    secretsWanted,
    forwardsWanted,
    ingresses: resources.filter(resource => resource.kind === 'Ingress'),
    documents: input.documents,
    without: more => compileInput(input, more),
  };
}

/** That a folder holds nothing is said with the input that is empty because of it. */
function causesOf(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const isEmpty = found.some(({ rule }) => rule === emptyInput);
  return isEmpty ? found.filter(({ rule }) => rule !== noManifests) : found;
}

/** That there is no Ingress needs no word where it was said that something could not be read. */
function withoutFollowUps(earlier: readonly Diagnostic[], report: Report): Report {
  const isExplained = earlier.some(isError);
  return found => {
    if (!isExplained || found.rule !== noIngress) report(found);
  };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
