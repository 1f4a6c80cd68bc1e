import { onlyNear, suggest } from '../diagnostics/suggest.ts';
import { isRealKind, kindsOfGroup } from './built-in-kinds.ts';
import { makesSecrets } from './secret-makers.ts';

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

const OURS = [...VERSIONS.keys()];

/** What kubectl takes for these kinds on its command line, but not in a manifest. */
const SHORT_NAMES: readonly (readonly [name: string, kind: string])[] = [
  ['ing', 'Ingress'],
  ['svc', 'Service'],
  ['ep', 'Endpoints'],
  ['cm', 'ConfigMap'],
];

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...OURS.map(kind => [kind.toLowerCase(), kind] as const),
  ...SHORT_NAMES,
]);

/** What an object is to us: read, of another kind, or meant to be read but named wrongly. */
export type KindVerdict =
  | { readonly is: 'ours' }
  | { readonly is: 'other' }
  | { readonly is: 'unknown-version'; readonly known: readonly string[] }
  | {
      readonly is: 'misspelt';
      readonly meant: string;
      /** Nothing else can have been meant. */
      readonly isClear: boolean;
    };

/**
 * Judges the type of an object. A kind of ours in a group that is not Kubernetes' own (a Knative Service) is another
 * kind; in one of Kubernetes' own groups, which cannot be extended by others, it is a mistake.
 */
export function judgeKind(apiVersion: string, kind: string): KindVerdict {
  const known = VERSIONS.get(kind);
  if (known?.includes(apiVersion) === true) return { is: 'ours' };
  const group = groupOf(apiVersion);
  if (known === undefined && makesSecrets(group, kind)) return { is: 'ours' };
  if (!isBuiltInGroup(group)) {
    const isMisspelt = known !== undefined && suggest(group, known.map(groupOf).filter(isLong)) !== undefined;
    return isMisspelt ? { is: 'unknown-version', known } : { is: 'other' };
  }
  if (known !== undefined) return { is: 'unknown-version', known };
  const spelling = SPELLINGS.get(kind.toLowerCase());
  const meant = spelling ?? similarKind(group, kind);
  if (meant === undefined) return { is: 'other' };
  return { is: 'misspelt', meant, isClear: spelling !== undefined || onlyNear(kind, kindsLike(group)) === meant };
}

/** Longer endings are words of their own: no `ServiceMonitor` was meant to be a Service. */
const MOST_LETTERS_MORE = 3;

/** The kind of a group of Kubernetes that was most likely meant by one that Kubernetes does not have. */
function similarKind(group: string, kind: string): string | undefined {
  if (isRealKind(kind)) return undefined;
  const near = suggest(kind, kindsLike(group));
  return near !== undefined && Math.abs(near.length - kind.length) <= MOST_LETTERS_MORE ? near : undefined;
}

function kindsLike(group: string): readonly string[] {
  return kindsOfGroup(group) ?? (isLong(group) ? [] : OURS);
}

/** Whether a kind, in whichever version, is an Ingress or was meant to be one. */
export function isMeantAsIngress(kind: string): boolean {
  return (
    kind === 'Ingress' || (SPELLINGS.get(kind.toLowerCase()) ?? similarKind('networking.k8s.io', kind)) === 'Ingress'
  );
}

/** Whether an object can be left out unread: neither ours, as far as can be told, nor a list or an error. */
export function isUnused(apiVersion: string, kind: string): boolean {
  return kind !== 'Status' && !kind.endsWith('List') && judgeKind(apiVersion, kind).is === 'other';
}

/** Whether we read a kind, as far as its name says. */
export function isOurKind(kind: string): boolean {
  return VERSIONS.has(kind);
}

/** Of the kinds that we read. */
export function isInNamespace(kind: string): boolean {
  return kind !== 'IngressClass';
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

function isLong(group: string): boolean {
  return group.includes('.');
}

/** Custom resources need a group with a dot, and `k8s.io` is reserved. */
function isBuiltInGroup(group: string): boolean {
  return !isLong(group) || group.endsWith('.k8s.io');
}
