import { findProgram } from '../program.ts';

/** The flags of the user that say which kubectl is run and which cluster it talks to. */
export interface KubectlFlags {
  /** A path or a name; `kubectl` unless said. */
  readonly kubectl?: string | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

/** The absolute path of the kubectl to run; undefined when there is none. */
export function findKubectl({ kubectl }: KubectlFlags): string | undefined {
  return findProgram({ wanted: kubectl ?? 'kubectl', alsoIn: ['/usr/local/bin', '/opt/homebrew/bin', '/snap/bin'] });
}

/** The words by which kubectl finds the cluster; they come before or behind those of a command. */
export function clusterWords({ context, kubeconfig }: KubectlFlags): readonly string[] {
  return [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ];
}
