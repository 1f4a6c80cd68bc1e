/** Such as `1.29`. */
export type KubernetesVersion = `1.${number}`;

/** Reads `1.29`, `v1.29.3` and what clouds make of it, such as `v1.29.3-gke.100`. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const minor = /^v?1\.(\d{1,2})(?:\.\d+)?(?:[-+].*)?$/.exec(text)?.[1];
  return minor === undefined ? undefined : `1.${Number(minor)}`;
}

/** The number behind the dot. */
export function minorOf(version: KubernetesVersion): number {
  return Number(version.slice(2));
}
