import type { FieldRef } from '../diagnostics/place.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { ControllerConfig } from '../options/config.ts';
import { isBefore } from '../options/controller-version.ts';
import type { NginxModuleName } from '../options/nginx-modules.ts';
import type { Specs } from '../options/option.ts';
import type { InvalidValue } from '../options/run.ts';
import { defaultValues, readValues } from '../options/run.ts';
import { cameFrom } from '../resources/provenance.ts';
import { placeholderIn } from '../resources/placeholders.ts';
import type { Asker, Askers } from '../routing/policies.ts';
import { annotationRef, annotationText, hasAnnotation } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed, isClosed } from './closed.ts';
import { allowsCrossNamespace } from './cross-namespace.ts';
import type { Family, PlanContext } from './family.ts';
import { droppedForValue, invalidAnnotationValue, unvalidatedValue } from './rules/annotations.ts';
import { valueAdvice } from './value-advice.ts';

/** What one Ingress, or nobody but the options, asks of one family. */
export interface FamilyPlan {
  readonly family: Family;
  /** Undefined for nothing. */
  readonly asked: unknown;
  readonly from: Askers;
  readonly closes: readonly Closed[];
  /** What nginx does otherwise than the controller. */
  readonly differs: readonly NotedDifference[];
}

/** Something that differs, at the place where it is asked for. */
export interface NotedDifference {
  readonly name: string;
  readonly says: string;
  readonly at: FieldRef;
}

const NOTHING: readonly never[] = [];
const NOTHING_REFUSED: ReadonlySet<string> = new Set();

/** What the ConfigMap comes to for a family. */
interface OwnConfig {
  /** The values of its options alone. */
  readonly options: object;
  /** The values of its annotations where an Ingress has none of them. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Its annotations. */
  readonly names: readonly string[];
}

/** Made once for all Ingresses. */
const OWN = new WeakMap<ControllerConfig, Map<Family, OwnConfig>>();

function ownConfig(family: Family, config: ControllerConfig): OwnConfig {
  const known = OWN.get(config) ?? new Map<Family, OwnConfig>();
  OWN.set(config, known);
  const own = known.get(family) ?? {
    options: Object.fromEntries(Object.keys(family.options).map(name => [name, config.values[name]])),
    defaults: defaultValues(family.annotations, defaultsOf(family.annotations, config)),
    names: Object.keys(family.annotations),
  };
  known.set(family, own);
  return own;
}

function defaultsOf(annotations: Specs, { values }: ControllerConfig): Readonly<Record<string, unknown>> {
  const defaults: Record<string, unknown> = {};
  for (const [name, { defaultFrom }] of Object.entries(annotations)) {
    if (defaultFrom !== undefined) defaults[name] = values[defaultFrom];
  }
  return defaults;
}

/** Whether nginx has a module that a stock one has not. */
export function moduleTest({ modules }: ControllerConfig): (name: NginxModuleName) => boolean {
  return name => modules?.has(name) === true;
}

/** The values of the options of a family alone. */
export function optionsOf(family: Family, config: ControllerConfig): object {
  return ownConfig(family, config).options;
}

/** Who asked by an option: that one, if it is written, else its default. */
function optionAsker(name: string, { written }: ControllerConfig): Asker {
  const at = written.get(name);
  return at === undefined ? { by: 'default', name } : { by: 'option', name, at };
}

/** Those that somebody wrote, if somebody did; else the first. */
function pickAskers(all: readonly Asker[], name: string): Askers {
  const [first, ...others] = all.filter(({ by }) => by !== 'default');
  if (first !== undefined) return [first, ...others];
  return [all[0] ?? { by: 'default', name }];
}

/** Who asks for what a family makes of its options alone. */
export function optionAskers({ name, options }: Family, config: ControllerConfig): Askers {
  return pickAskers(
    Object.keys(options).map(option => optionAsker(option, config)),
    name,
  );
}

function optionPlaces({ written }: ControllerConfig): (name: string) => FieldRef | undefined {
  return name => written.get(name)?.field;
}

/** What the options ask of a family where an Ingress has none of its annotations; undefined for nothing. */
export function planByDefault(family: Family, config: ControllerConfig): FamilyPlan | undefined {
  const context = { snippets: config.snippets ?? 'none', written: optionPlaces(config) } as const;
  const asked = family.byDefault?.(optionsOf(family, config), context);
  if (asked === undefined) return undefined;
  const names = family
    .askers?.(ownConfig(family, config).defaults, () => false)
    .map(name => family.annotations[name]?.defaultFrom ?? name);
  const from =
    names === undefined
      ? optionAskers(family, config)
      : pickAskers(
          names.map(name => optionAsker(name, config)),
          family.name,
        );
  return { family, asked, from, closes: NOTHING, differs: NOTHING };
}

/**
 * What an Ingress that has an annotation of a family asks of it. Values are parsed, those that are refused are reported
 * and replaced by their default as in the controller, unless the family guards something: then the locations are closed.
 *
 * @param first the family that says what is wrong with an annotation
 */
export function planFamily(
  family: Family,
  context: PlanContext,
  first: (name: string) => Family | undefined,
): FamilyPlan {
  const { annotations, switchedOnBy } = family;
  const { ingress, tables, config, report } = context;
  const { options, defaults, names } = ownConfig(family, config);
  // An empty value counts as absent, of whatever type: the controller looks at no empty text.
  // Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go and main.go.
  const written = names.filter(name => annotationText(ingress, name) !== '');
  const isOff = switchedOnBy !== undefined && !written.includes(switchedOnBy);
  const textOf = (name: string): string => annotationText(ingress, name);
  const { values, invalid } = readValues(annotations, textOf, defaults, isOff ? NOTHING : written);
  const found = invalid.length === 0 ? NOTHING : reportInvalid(family, invalid, context, first);
  const refused = invalid.length === 0 ? NOTHING_REFUSED : new Set(invalid.map(({ name }) => name));
  const given = refused.size === 0 ? written : written.filter(name => !refused.has(name));
  const read = family.read(values, {
    ingress,
    tables,
    report,
    options,
    written: name => (hasAnnotation(ingress, name) ? annotationRef(ingress, name) : undefined),
    writtenOption: optionPlaces(config),
    refused,
    snippets: config.snippets ?? 'none',
    hasModule: moduleTest(config),
    mayUse: namespace => namespace === ingress.namespace || allowsCrossNamespace(config),
  });
  const asked = isClosed(read) ? read.asked : read;
  return {
    family,
    asked,
    from: askersOf(family, context, given, values),
    closes: isClosed(read) ? [...found, read] : found,
    differs:
      asked === undefined ? NOTHING : differencesOf(given, annotations, name => annotationRef(ingress, name), values),
  };
}

/** Who asked: the annotations that decided, and their options. */
function askersOf(family: Family, { ingress, config }: PlanContext, given: readonly string[], values: object): Askers {
  const { annotations } = family;
  const names = family.askers?.(values, name => given.includes(name)) ?? ownConfig(family, config).names;
  const optionOf = (name: string): string => annotations[name]?.defaultFrom ?? name;
  const written = names.filter(name => given.includes(name) || config.written.has(optionOf(name)));
  const asking = (written.length === 0 ? names.slice(0, 1) : written).map((name): Asker =>
    given.includes(name)
      ? { by: 'annotation', name, at: cameFrom(ingress, annotationRef(ingress, name)) }
      : optionAsker(optionOf(name), config),
  );
  return pickAskers(asking, family.name);
}

/** A version of the controller that validates no annotation drops no Ingress for its value either. */
function ruleFor(usual: Rule, { controllerVersion: version }: ControllerConfig): Rule {
  const isOlder = version !== undefined && isBefore(version, '1.12.0');
  return usual === droppedForValue && isOlder ? unvalidatedValue : usual;
}

/** Reports the values that their types refuse, and gives what they close. */
function reportInvalid(
  family: Family,
  refused: readonly InvalidValue[],
  { ingress, config, report }: PlanContext,
  first: (name: string) => Family | undefined,
): readonly Closed[] {
  const { invalid } = family;
  const closes: Closed[] = [];
  for (const { name, text, problem, help: usual } of refused) {
    const help = valueAdvice(name, text) ?? usual;
    const isOther = invalid?.of?.includes(name) === false || invalid?.isIgnored?.(name, text) === true;
    const guard = isOther ? undefined : invalid;
    // Of a placeholder it has been said that it is one.
    if (placeholderIn(text) === undefined && first(name) === family) {
      report({
        rule: ruleFor(guard?.rule ?? invalidAnnotationValue, config),
        message: `${name}: "${text}" ${problem}`,
        at: annotationRef(ingress, name),
        ...(help === undefined ? {} : { help }),
      });
    }
    if (guard === undefined) continue;
    const scope = guard.isDropped(name, text) ? 'dropped' : 'location';
    closes.push(closed(scope, `invalid value in annotation ${name}`));
  }
  return closes;
}

/**
 * What is otherwise than in the controller.
 *
 * @param names in the order of the specs
 * @param placeOf where it is written, undefined for what is not
 */
export function differencesOf(
  names: Iterable<string>,
  specs: Specs,
  placeOf: (name: string) => FieldRef | undefined,
  values: Readonly<Record<string, unknown>>,
): readonly NotedDifference[] {
  let found: NotedDifference[] | undefined;
  for (const name of names) {
    const differs = specs[name]?.differs;
    const at = differs === undefined ? undefined : placeOf(name);
    if (differs === undefined || at === undefined) continue;
    for (const difference of differs) {
      if (difference.where?.(values[name]) === false) continue;
      found ??= [];
      found.push({ name, says: difference.says, at });
    }
  }
  return found ?? NOTHING;
}
