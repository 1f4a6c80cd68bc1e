import { annotationName } from '../annotations/annotation-ref.ts';
import { hostsOf, isGuardName } from '../annotations/guards.ts';
import { annotationSince, olderNames } from '../annotations/since.ts';
import { olderDefaults } from '../controller-config/older-defaults.ts';
import { optionSince } from '../controller-config/since.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ControllerVersion } from '../options/controller-version.ts';
import { isBefore, OWN_CONTROLLER_VERSION } from '../options/controller-version.ts';
import type { ConfigMap, Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { usedConfig } from './controller-options.ts';
import type { CompileSettings } from './settings.ts';
import { annotationNotYet, optionNotYet, otherDefaults, vulnerableController } from './rules/controller-version.ts';

function reportAnnotations(ingress: Ingress, version: ControllerVersion, report: Report): void {
  for (const key of Object.keys(ingress.annotations)) {
    const name = annotationName(ingress, key);
    const since = name === undefined ? undefined : annotationSince.get(name);
    if (name === undefined || since === undefined || !isBefore(version, since)) continue;
    const older = olderNames.get(name);
    const isKnown = older !== undefined && !isBefore(version, annotationSince.get(older) ?? since);
    const isGuard = isGuardName(name) && ingress.annotations[key] !== '';
    const open = isGuard ? `: ${hostsOf(ingress)} is open to everybody` : '';
    report({
      rule: annotationNotYet,
      message: `the controller ${version} does not know ${name}, only ${since} and later do${open}`,
      help: isKnown ? `write ${ingress.annotationsPrefix}${older} as well` : 'remove it, or update the controller',
      at: keyOf(refOf(ingress, 'metadata', 'annotations', key)),
      ...(isGuard ? { severity: 'error' } : {}),
    });
  }
}

function reportOptions(configMap: ConfigMap, version: ControllerVersion, report: Report): void {
  for (const name of Object.keys(configMap.data)) {
    const since = optionSince.get(name);
    if (since === undefined || !isBefore(version, since)) continue;
    const message = `the controller ${version} does not know the option ${name}, only ${since} and later do`;
    const at = keyOf(refOf(configMap, 'data', name));
    report({ rule: optionNotYet, message, help: 'remove it, or update the controller', at });
  }
}

function reportDefaults(configMap: ConfigMap | undefined, version: ControllerVersion, report: Report): void {
  const unwritten = [...olderDefaults(version)].filter(([name]) => configMap?.data[name] === undefined);
  if (unwritten.length === 0) return;
  const shown = unwritten.map(([name, value]) => `${name}: "${String(value)}"`).join(', ');
  report({
    rule: otherDefaults,
    message: `the controller ${version} has other defaults than ${OWN_CONTROLLER_VERSION}: ${shown}`,
    help: 'write in the ConfigMap of the controller what both shall do',
    ...(configMap === undefined ? {} : { at: refOf(configMap, 'data') }),
  });
}

/** What stopped the attack on the admission webhook. Source: Kubernetes, issue 131009. */
function isVulnerable(version: ControllerVersion): boolean {
  return isBefore(version, '1.11.5') || (!isBefore(version, '1.12.0') && isBefore(version, '1.12.1'));
}

/**
 * Says what the version of the controller that is asked for does otherwise than the one of today, but for what only its
 * defaults do.
 */
export function reportControllerVersion(
  ingresses: readonly Ingress[],
  cluster: Pick<Cluster, 'configMaps'>,
  settings: Pick<CompileSettings, 'controllerConfig' | 'controllerVersion' | 'isCheck'>,
  report: Report,
): void {
  const { controllerVersion: version } = settings;
  if (version === undefined) return;
  const name = usedConfig(settings, cluster);
  const configMap = name === undefined ? undefined : cluster.configMaps.get(name);
  if (isVulnerable(version)) {
    const message = `the controller ${version} can be taken over through its admission webhook (CVE-2025-1974)`;
    report({ rule: vulnerableController, message, help: 'update it to 1.11.5, 1.12.1 or later' });
  }
  reportDefaults(configMap, version, report);
  if (configMap !== undefined) reportOptions(configMap, version, report);
  for (const ingress of ingresses) reportAnnotations(ingress, version, report);
}
