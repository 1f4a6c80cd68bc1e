/** The kinds that we read, and the versions in which Kubernetes ever had them. */
const VERSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Ingress', ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'extensions/v1beta1']],
  ['IngressClass', ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1']],
  ['Service', ['v1']],
  ['Endpoints', ['v1']],
  ['EndpointSlice', ['discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1']],
  ['Secret', ['v1']],
  ['ConfigMap', ['v1']],
]);

const SPELLINGS: ReadonlyMap<string, string> = new Map([...VERSIONS.keys()].map(kind => [kind.toLowerCase(), kind]));

/** What an object is to us: read, of another kind, or meant to be read but named wrongly. */
export type KindVerdict =
  | { readonly is: 'ours' }
  | { readonly is: 'other' }
  | { readonly is: 'unknown-version'; readonly known: readonly string[] }
  | { readonly is: 'misspelt'; readonly meant: string };

/**
 * Judges the type of an object. A kind of ours in a group that is not Kubernetes' own (a Knative Service) is another
 * kind; in one of Kubernetes' own groups, which cannot be extended by others, it is a mistake.
 */
export function judgeKind(apiVersion: string, kind: string): KindVerdict {
  const known = VERSIONS.get(kind);
  if (known?.includes(apiVersion) === true) return { is: 'ours' };
  if (!isBuiltInGroup(apiVersion)) return { is: 'other' };
  if (known !== undefined) return { is: 'unknown-version', known };
  const meant = SPELLINGS.get(kind.toLowerCase());
  return meant === undefined ? { is: 'other' } : { is: 'misspelt', meant };
}

/** Whether an object with this text as kind can be left out unread: neither ours in any spelling nor a list. */
export function isUnused(kind: string): boolean {
  return !kind.endsWith('List') && !SPELLINGS.has(kind.toLowerCase());
}

/** Of the kinds that we read. */
export function isInNamespace(kind: string): boolean {
  return kind !== 'IngressClass';
}

/** Custom resources need a group with a dot, and `k8s.io` is reserved. */
function isBuiltInGroup(apiVersion: string): boolean {
  const slash = apiVersion.indexOf('/');
  const group = slash === -1 ? '' : apiVersion.slice(0, slash);
  return !group.includes('.') || group.endsWith('.k8s.io');
}
