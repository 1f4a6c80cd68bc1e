/** A version of ingress-nginx: `1.9.4`, or `1.9` for the last one of those that begin so. */
export type ControllerVersion = `${number}.${number}` | `${number}.${number}.${number}`;

/** The version that this program does as. */
export const OWN_CONTROLLER_VERSION = '1.15.1';

/** Reads `1.9`, `1.9.4` and the tag of an image or a release, such as `v1.9.4` and `controller-v1.9.4`. */
export function parseControllerVersion(text: string): ControllerVersion | undefined {
  const [, major, minor, patch] = /^(?:controller-)?v?(\d{1,2})\.(\d{1,2})(?:\.(\d{1,3}))?(?:-.*)?$/.exec(text) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const two = `${Number(major)}.${Number(minor)}` as const;
  return patch === undefined ? two : `${two}.${Number(patch)}`;
}

/** Whether a version came before one that is written with two dots. */
export function isBefore(version: ControllerVersion, other: string): boolean {
  const own = version.split('.').map(Number);
  for (const [index, number] of other.split('.').map(Number).entries()) {
    const ours = own[index] ?? Number.POSITIVE_INFINITY;
    if (ours !== number) return ours < number;
  }
  return false;
}
