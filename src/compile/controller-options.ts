import type { Cluster } from '../cluster/cluster.ts';
import { KNOWN_ANNOTATIONS } from '../annotations/unhonoured.ts';
import { optionAdvice } from '../controller-config/name-advice.ts';
import { refusedOptions } from '../controller-config/refused.ts';
import { options } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { rememberSteps } from '../diagnostics/remember.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { CompileSettings } from './settings.ts';
import type { ControllerConfig, SnippetMode } from '../options/config.ts';
import { reportSnippetOptions } from './snippet-options.ts';
import { defaultValues, readValues } from '../options/run.ts';
import type { ControllerVersion } from '../options/controller-version.ts';
import { olderDefaults } from '../controller-config/older-defaults.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { ConfigMap } from '../resources/model.ts';
import { ANNOTATIONS_PREFIX, refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce, pauses } from '../steps/steps.ts';
import {
  idleOption,
  invalidGuardOption,
  invalidOptionValue,
  missingConfigMap,
  unknownOption,
  unreadControllerConfig,
  unsupportedOption,
} from './rules/config-maps.ts';
import { reportOpenOptions } from './report-open-options.ts';
import { reportIdleOptions } from './report-idle-options.ts';
import { reportWeakOptions } from './report-weak-options.ts';

/** Every option that the controller knows: for telling what was misspelt. */
const KNOWN = [...Object.keys(options), ...Object.keys(refusedOptions)];

/** What to do about a key that the controller does not know. */
function helpFor(name: string): string {
  const advice = optionAdvice(name);
  if (advice !== undefined) return advice;
  if (KNOWN_ANNOTATIONS.has(name)) return `write it in an Ingress: it is an annotation, ${ANNOTATIONS_PREFIX}${name}`;
  const near = suggest(name, KNOWN);
  return near === undefined ? 'remove it' : `did you mean ${near}?`;
}

/** Says of an option that no family reads what is the matter with it. */
function reportOther(name: string, configMap: ConfigMap, report: Report): void {
  const at = keyOf(refOf(configMap, 'data', name));
  const refused = Object.hasOwn(refusedOptions, name) ? refusedOptions[name] : undefined;
  if (refused !== undefined && 'isIdle' in refused) {
    report({ rule: idleOption, message: `the option ${name} has no effect, nor has it in the controller`, at });
  } else if (refused !== undefined) {
    if (refused.neutral?.test(configMap.data[name] ?? '') === true) return;
    report({ rule: unsupportedOption, message: `the option ${name} is not honoured: ${refused.lost}`, at });
  } else {
    report({ rule: unknownOption, message: `there is no option "${name}"`, help: helpFor(name), at });
  }
}

/** What the operator of the controller allowed; it takes all snippets then, but for what is never taken here. */
function snippetsAllowedBy(values: ControllerConfig['values']): SnippetMode {
  const isAllowed = values['allow-snippet-annotations'] === true && values['annotations-risk-level'] === 'Critical';
  return isAllowed ? 'all' : 'none';
}

type OptionSettings = Pick<CompileSettings, 'snippets' | 'nginxModules' | 'controllerVersion'>;

/** What options have that nobody writes. */
function defaultsFor(version: ControllerVersion | undefined): Readonly<Record<string, unknown>> {
  const defaults = defaultValues(options);
  return version === undefined ? defaults : { ...defaults, ...Object.fromEntries(olderDefaults(version)) };
}

/**
 * Reads the options of the controller's ConfigMap; without one all have their defaults.
 *
 * @param name `namespace/name`, undefined for no ConfigMap
 * @param settings `snippets`: which are taken, whatever the ConfigMap allows
 */
function* optionSteps(
  name: string | undefined,
  { configMaps }: { readonly configMaps: Pick<Cluster['configMaps'], 'get'> },
  report: Report,
  { snippets, nginxModules = [], controllerVersion }: OptionSettings = {},
): Steps<ControllerConfig> {
  const ofVersion = controllerVersion === undefined ? {} : { controllerVersion };
  const defaults = defaultsFor(controllerVersion);
  const modules = new Set(nginxModules.map(({ name: module }) => module));
  const configMap = name === undefined ? undefined : configMaps.get(name);
  if (configMap === undefined) {
    if (name !== undefined) {
      const help = 'add it to the input; until then all options have their defaults';
      report({
        rule: missingConfigMap,
        message: `the ConfigMap ${name} of --controller-config is not in the input`,
        help,
      });
    }
    const { values } = readValues(options, () => undefined, defaults);
    return { values, written: new Map(), snippets: snippets ?? snippetsAllowedBy(values), modules, ...ofVersion };
  }
  const isPauseDue = pauses();
  for (const key of Object.keys(configMap.data)) {
    // Looking for the name that was meant takes its time.
    if (isPauseDue(10)) yield;
    if (!Object.hasOwn(options, key)) reportOther(key, configMap, report);
  }
  const { values, invalid } = readValues(options, key => configMap.data[key], defaults);
  for (const { name: key, text, problem, help } of invalid) {
    const at = refOf(configMap, 'data', key);
    const isGuard = options[key] !== undefined && 'ifRefused' in options[key];
    report({
      rule: isGuard ? invalidGuardOption : invalidOptionValue,
      message: `${key}: "${text}" ${problem}`,
      at,
      ...(help === undefined ? {} : { help }),
    });
  }
  const refused = new Set(invalid.filter(({ isPartly }) => isPartly !== true).map(({ name: key }) => key));
  const written = Object.keys(configMap.data).filter(key => Object.hasOwn(options, key) && !refused.has(key));
  const places = new Map(written.map(key => [key, cameFrom(configMap, refOf(configMap, 'data', key))]));
  const placeOf = (key: string): FieldRef => refOf(configMap, 'data', key);
  reportIdleOptions(written, placeOf, report);
  reportWeakOptions(written, configMap.data, placeOf, report);
  reportOpenOptions(values, key => places.get(key)?.field, report);
  const mode = snippets ?? snippetsAllowedBy(values);
  reportSnippetOptions(values, places, mode, report);
  return { values, written: places, snippets: mode, modules, ...ofVersion };
}

/** The names that the Helm chart and the older manifests of the controller give its ConfigMap. */
const USUAL_NAME = /(?:^|-)ingress-nginx-controller$|^nginx-configuration$/;

/** Whether a ConfigMap is named like that of the controller. */
export function isUsualConfig(name: string): boolean {
  return USUAL_NAME.test(name);
}

function looksUsual({ name, data }: ConfigMap): boolean {
  return isUsualConfig(name) && Object.keys(data).length > 0;
}

/**
 * The ConfigMap whose options hold: the one that somebody named; while nothing is made of the input, the only one that
 * looks like that of the controller, whose options are to be checked as well.
 */
export function usedConfig(
  { controllerConfig, isCheck }: Pick<CompileSettings, 'controllerConfig' | 'isCheck'>,
  { configMaps }: Pick<Cluster, 'configMaps'>,
): string | undefined {
  if (controllerConfig !== undefined || isCheck !== true) return controllerConfig;
  const usual: string[] = [];
  for (const [key, configMap] of configMaps) if (looksUsual(configMap)) usual.push(key);
  return usual.length === 1 ? usual[0] : undefined;
}

/** Says that the input has what looks like the ConfigMap of the controller, and that nobody reads it. */
function reportUnreadConfig({ configMaps }: Pick<Cluster, 'configMaps'>, report: Report): void {
  for (const [key, configMap] of configMaps) {
    if (!looksUsual(configMap)) continue;
    const message = `the ConfigMap ${key} looks like the one of the controller, and its options are not read`;
    const at = refOf(configMap, 'data');
    report({ rule: unreadControllerConfig, message, help: `add --controller-config ${key}`, at });
  }
}

/** The same without a pause. */
export function readControllerConfig(...input: Parameters<typeof optionSteps>): ControllerConfig {
  return atOnce(optionSteps(...input));
}

/** The options of a ConfigMap, from one compilation to the next. */
export type OptionsMemory = Map<string | undefined, Remembered<ControllerConfig>>;

/** A ConfigMap that nobody named may be one for somebody to fill in. */
function withoutErrors(report: Report): Report {
  return found =>
    report((found.severity ?? found.rule.severity) === 'error' ? { ...found, severity: 'warning' } : found);
}

/** The same, for whom the options of the same ConfigMap are the same object. */
export function* recallControllerConfig(
  settings: OptionSettings & Pick<CompileSettings, 'controllerConfig' | 'isCheck'>,
  cluster: Pick<Cluster, 'configMaps'>,
  report: Report,
  memory: OptionsMemory | undefined,
): Steps<ControllerConfig> {
  const { snippets, nginxModules = [], controllerVersion } = settings;
  const { configMaps } = cluster;
  const name = usedConfig(settings, cluster);
  if (name === undefined) reportUnreadConfig(cluster, report);
  const isGuess = name !== settings.controllerConfig;
  const facts = [isGuess, snippets, controllerVersion, ...nginxModules.map(module => module.name)];
  return yield* rememberSteps(memory, name, { facts, tables: [configMaps], report }, (watch, report) =>
    optionSteps(name, { configMaps: watch(configMaps) }, isGuess ? withoutErrors(report) : report, settings),
  );
}
