/*
 * What a text mentions, without parsing it. A file of a repository may be anything, and of any size.
 */

const OURS = 'Ingress|IngressClass|Service|Endpoints|EndpointSlice|Secret|ConfigMap';

const OBJECTS = new RegExp(
  `apiVersion|nginx\\.ingress\\.kubernetes\\.io|\\bkind["']?[ \\t]*:[ \\t]*["']?(?:${OURS})\\b`,
);

/** Whether there may be an object of Kubernetes in a text. */
export function mayHoldObjects(text: string): boolean {
  return OBJECTS.test(text);
}

const KIND = `["']?kind["']?[ \\t]*:[ \\t]*["']?(?:${OURS})["']?[ \\t]*(?:,|#.*)?\\r?$`;
const AT_EDGE = new RegExp(`^(?:-[ \\t]+)?${KIND}`, 'm');
const ANYWHERE = new RegExp(`^[ \\t-]*${KIND}`, 'm');
const ANY_KIND_AT_EDGE = /^["']?kind["']?[ \t]*:[ \t]*(?!["']?\w*List\b)/m;

/** Whether a text that cannot be parsed holds objects of our kinds, as far as can be told. */
export function holdsOurKinds(text: string): boolean {
  // A kind further inside is that of a reference, unless it is an item of a list or everything is indented.
  return AT_EDGE.test(text) || (!ANY_KIND_AT_EDGE.test(text) && ANYWHERE.test(text));
}
