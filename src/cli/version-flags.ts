import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { OWN_CONTROLLER_VERSION, parseControllerVersion, parseKubernetesVersion } from '../compile/settings.ts';
import type { ControllerVersion, KubernetesVersion } from '../compile/settings.ts';

/** What the manifests are for. */
export interface VersionFlags {
  readonly kubernetesVersion?: KubernetesVersion;
  readonly controllerVersion?: ControllerVersion;
}

export function addVersionFlags(command: Command): Command {
  return command
    .optionsGroup('Versions:')
    .option(
      '--kubernetes-version <x.y>',
      'version of Kubernetes that the manifests are for (default: all that are supported today)',
      readKubernetesVersion,
    )
    .option(
      '--controller-version <x.y>',
      `version of ingress-nginx that the manifests are for, such as 1.9 or 1.9.4 (default: ${OWN_CONTROLLER_VERSION})`,
      readControllerVersion,
    );
}

function readKubernetesVersion(text: string): KubernetesVersion {
  const version = parseKubernetesVersion(text);
  if (version === undefined) throw new InvalidArgumentError('Use a version such as 1.29.');
  return version;
}

function readControllerVersion(text: string): ControllerVersion {
  const version = parseControllerVersion(text);
  if (version === undefined) throw new InvalidArgumentError('Use a version such as 1.9 or 1.9.4.');
  return version;
}
