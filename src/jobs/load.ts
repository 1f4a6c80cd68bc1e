import type { CompileSettings } from '../compile/settings.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Levels } from '../findings/levels.ts';
import type { Exclude, ExcludedEntry } from '../input/exclusion.ts';
import { readSources } from '../input/read-sources.ts';
import type { PassedOver, SourceText } from '../input/source.ts';
import { surveyRepository } from '../manifests/survey.ts';
import { readUnitSteps } from '../resources/unit.ts';
import type { Unit } from '../resources/unit.ts';
import type { Routing } from '../routing/model.ts';
import { atOnce, observed } from '../steps/steps.ts';
import type { OnStage } from '../steps/steps.ts';
import { compileUnitsSteps } from './compile-units.ts';
import { emptinessOf } from './empty-input.ts';
import type { Loaded } from './loaded.ts';
import { readForHosts } from './narrow.ts';
import { deployersIn, passedOverIn, unitOfSecrets } from './repository.ts';

/** Of an input, what alone is needed. */
export interface Concerns {
  /** In lower case, without port. */
  readonly hosts: readonly string[];
  /** Whether a routing without the other hosts is enough; if not, all is read. */
  readonly isEnough: (routing: Routing) => boolean;
}

interface LoadOptions {
  readonly settings: CompileSettings;
  /** Input that holds nothing is meant so. */
  readonly allowEmpty?: boolean | undefined;
  /** What the user makes of rules; undefined: nothing. */
  readonly levels?: Levels | undefined;
  /** They are only to be checked, as `lint` does: all Ingresses that may be for the controller, and folders as they are. */
  readonly isToCheck?: true | undefined;
  /** Only what becomes of requests for these hosts is asked. */
  readonly concerns?: Concerns | undefined;
  readonly onStage?: OnStage | undefined;
}

export interface TextsRequest extends LoadOptions {
  readonly sources: readonly SourceText[];
  /** What was found beside them, and not read. */
  readonly excluded?: readonly ExcludedEntry[];
  /** Files of a repository that hold no text. */
  readonly passedOver?: readonly PassedOver[];
}

export interface PathsRequest extends LoadOptions {
  /** Files, folders and patterns; `-` is what `stdin` gives. */
  readonly paths: readonly string[];
  /** Called at most once. */
  readonly stdin: () => Buffer | Promise<Buffer>;
  /** What messages call it. */
  readonly stdinName: string;
  /** What is left out of folders and patterns. */
  readonly exclude?: Exclude | undefined;
  /** Is told how long all texts are together, before anything is done with them. */
  readonly onRead?: (length: number) => void;
}

export type Loading = ({ readonly kind: 'loaded' } & LoadedTexts) | MissingPaths;

/** What was compiled of texts, and how to compile the same texts with changes. */
export interface LoadedTexts {
  readonly loaded: Loaded;
  readonly sources: readonly SourceText[];
  /** Compiles other texts in their place, as they would have been. */
  readonly again: (sources: readonly SourceText[]) => Loaded;
}

/** Paths that lead nowhere: then nothing is compiled. */
export interface MissingPaths {
  readonly kind: 'missing';
  readonly paths: readonly string[];
}

/** Reads and compiles the manifests of some paths. */
export async function loadPaths({
  paths,
  stdin,
  stdinName,
  exclude,
  onRead,
  ...options
}: PathsRequest): Promise<Loading> {
  const { report, diagnostics } = collect();
  options.onStage?.('read');
  const reading = { stdin, stdinName, exclude, report, isRepository: options.isToCheck };
  const { sources, missing, excluded, passedOver } = await readSources(paths, reading);
  if (missing.length > 0) return { kind: 'missing', paths: missing };
  onRead?.(sources.reduce((sum, { text }) => sum + text.length, 0));
  const again: LoadedTexts['again'] = texts =>
    loadTexts({ sources: texts, excluded, passedOver, ...options }, diagnostics);
  return { kind: 'loaded', loaded: again(sources), sources, again };
}

/**
 * Compiles manifests that are at hand as texts; reads no file.
 *
 * @param earlier what was found before
 */
export function loadTexts(request: TextsRequest, earlier: readonly Diagnostic[] = []): Loaded {
  if (request.isToCheck === true) return checkTexts(request, earlier);
  const { sources, settings, concerns, onStage } = request;
  if (concerns !== undefined) {
    const some = atOnce(observed(readForHosts(sources, concerns.hosts, settings), onStage));
    const narrowed = loadUnits(some, request, earlier);
    if (concerns.isEnough(narrowed.routing)) return narrowed;
  }
  const units = sources.map(source => atOnce(observed(readUnitSteps(source, settings), onStage)));
  return loadUnits(units, request, earlier);
}

function loadUnits(
  units: readonly Unit[],
  { sources, excluded = [], settings, allowEmpty, levels, onStage }: TextsRequest,
  earlier: readonly Diagnostic[],
): Loaded {
  const { report, diagnostics } = collect();
  for (const found of [...earlier, ...(allowEmpty === true ? [] : emptinessOf(units, earlier))]) report(found);
  const input = { units, files: sources.length, excluded, ...(levels === undefined ? {} : { levels }) };
  const compiling = compileUnitsSteps(input, settings, diagnostics);
  return atOnce(observed(compiling, onStage));
}

/** Of a folder that holds nothing that is a manifest, there is nothing to say. */
function checkTexts(
  { sources, excluded = [], passedOver = [], settings, allowEmpty, levels, onStage }: TextsRequest,
  earlier: readonly Diagnostic[],
): Loaded {
  const { report, diagnostics } = collect();
  const survey = surveyRepository(sources);
  const read = (source: SourceText) => atOnce(observed(readUnitSteps(source, settings), onStage));
  const units = survey.sources.map(read);
  const isNamed = sources.some(({ isFromRepository }) => isFromRepository !== true);
  const emptiness = allowEmpty === true || !isNamed ? [] : emptinessOf(units, earlier);
  for (const found of [...earlier, ...emptiness, ...survey.findings, ...deployersIn(units, survey.sources)])
    report(found);
  const compiling = compileUnitsSteps(
    {
      units: [...units, ...(survey.secrets.length === 0 ? [] : [unitOfSecrets(survey.secrets)])],
      files: sources.length,
      excluded,
      ...(levels === undefined ? {} : { levels }),
      toCheck: { passedOver: passedOverIn(units, survey.passedOver, passedOver) },
    },
    settings,
    diagnostics,
  );
  return atOnce(observed(compiling, onStage));
}
