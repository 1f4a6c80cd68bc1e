import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { findProgram } from '../program.ts';

/** The flags of the user that say which kubectl is run and which cluster it talks to. */
export interface KubectlFlags {
  /** A path or a name; `kubectl` unless said. */
  readonly kubectl?: string | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

export type KubectlSearch =
  /** `program` is absolute. */
  { readonly kind: 'found'; readonly program: string } | Failure;

const USUAL_FOLDERS = ['/usr/local/bin', '/opt/homebrew/bin', '/snap/bin'];

/** The kubectl to run, or why there is none. */
export function findKubectl({ kubectl }: KubectlFlags): KubectlSearch {
  const program = findProgram({ wanted: kubectl ?? 'kubectl', alsoIn: USUAL_FOLDERS });
  if (program !== undefined) return { kind: 'found', program };
  const problem = kubectl === undefined ? 'kubectl is not installed' : `--kubectl: ${kubectl} is not a program`;
  return failure(problem);
}

/** The words by which kubectl finds the cluster; they come before or behind those of a command. */
export function clusterWords({ context, kubeconfig }: KubectlFlags): readonly string[] {
  return [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ];
}
