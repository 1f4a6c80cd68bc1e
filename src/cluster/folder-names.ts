/** Folders whose folders are never used together, whatever these are called. */
const HOLDERS =
  /^(?:overlays?|environments?|envs?|stages|clusters?|tenants|regions|examples?|samples?|demos?|variants?|alternatives|exercises?|solutions?|labs?|tutorials?|testdata|tests?|e2e|fixtures)$/i;

/** Names of environments: two of them beside each other are not used together. */
const ENVIRONMENT =
  /^(?:(?:.+[-_.])?(?:dev|devel|develop|development|test|testing|tst|qa|uat|int|integration|stage|staging|stg|preprod|pre-prod|prod|production|prd|live|local|localhost|sandbox|preview|canary|ci|minikube|kind|k3d|k3s|microk8s|docker-desktop|eks|gke|aks|aws|gcp|azure|openshift|baremetal|bare-metal|onprem|on-prem)|(?:dev|test|qa|uat|stage|staging|preprod|prod|production|local)[-_.].+)$/i;

/** Chapters of a course. A bare number is more often a step of what is used together. */
const CHAPTER =
  /^(?:lab|day|chapter|chap|lesson|lecture|exercise|task|week|session|demo|assignment|homework|hw)[-_. ]?\d+(?:[-_. ].*)?$/i;

/** Steps of what is used together, or chapters of a course: if two of them are alternatives, all are. */
const NUMBERED = /^\d+[-_. ]/;

const NONE: ReadonlySet<string> = new Set();

/**
 * Those of some folders beside each other that are alternatives to each other by their names.
 *
 * @param known those that are alternatives by what they hold
 */
export function namedAlternatives(
  parent: string,
  folders: readonly string[],
  known: ReadonlySet<string> = NONE,
): readonly string[] {
  if (HOLDERS.test(parent.slice(parent.lastIndexOf('/') + 1))) return folders;
  const found = [ENVIRONMENT, CHAPTER].flatMap(form => {
    const fitting = folders.filter(name => form.test(name));
    return fitting.length > 1 ? fitting : [];
  });
  const numbered = folders.filter(name => NUMBERED.test(name));
  const isCourse = numbered.filter(name => known.has(name)).length > 1;
  return [...new Set(isCourse ? [...found, ...numbered] : found)];
}
