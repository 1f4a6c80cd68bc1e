import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { parseKubernetesVersion } from '../compile/settings.ts';
import type { KubernetesVersion } from '../compile/settings.ts';

/** What the manifests are for. */
export interface VersionFlags {
  readonly kubernetesVersion?: KubernetesVersion;
}

export function addVersionFlags(command: Command): Command {
  return command
    .optionsGroup('Versions:')
    .option(
      '--kubernetes-version <x.y>',
      'version of Kubernetes that the manifests are for (default: all that are supported today)',
      readKubernetesVersion,
    );
}

function readKubernetesVersion(text: string): KubernetesVersion {
  const version = parseKubernetesVersion(text);
  if (version === undefined) throw new InvalidArgumentError('Use a version such as 1.29.');
  return version;
}
