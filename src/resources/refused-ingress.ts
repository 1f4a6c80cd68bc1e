import type { FieldRef } from '../diagnostics/place.ts';
import { metadataOf } from './metadata.ts';
import { refOf, type Ingress, type IngressBackend, type IngressPath, type IngressRule } from './model.ts';
import { isName } from './names.ts';
import { listOf, objectOf, someTextOf, textOf, type PlainObject } from './plain.ts';
import type { Identity, Subject } from './subject.ts';

/** A path of a rule that may have any shape, with a backend that leads nowhere. */
function pathOf(identity: Identity, value: PlainObject, steps: readonly (string | number)[]): IngressPath | undefined {
  const path = textOf(value['path']);
  if (path !== '' && !path.startsWith('/')) return undefined;
  const at = refOf(identity, ...steps);
  const pathType = value['pathType'] === 'Exact' ? 'Exact' : 'Prefix';
  return { path, pathType, backend: deadEnd(at), at };
}

function ruleOf(identity: Identity, rule: PlainObject, index: number): IngressRule | undefined {
  const host = textOf(rule['host']).toLowerCase();
  if (!isName('host', host)) return undefined;
  const steps = ['spec', 'rules', index];
  const paths = listOf(objectOf(rule['http'])['paths'])
    .map((value, number) => pathOf(identity, objectOf(value), [...steps, 'http', 'paths', number]))
    .filter(path => path !== undefined);
  return { host, paths, at: refOf(identity, ...steps) };
}

/** Values that are no text have been reported; what they were meant to be is not guessed. */
function textsOf(annotations: PlainObject): Readonly<Record<string, string>> {
  const texts: [string, string][] = [];
  for (const [key, value] of Object.entries(annotations)) if (typeof value === 'string') texts.push([key, value]);
  return Object.fromEntries(texts);
}

/**
 * What of a refused Ingress is worth knowing: its class, and the hosts and paths that it would have had. Left out, a
 * broader path or a wildcard host would serve them, perhaps without the password that it asks for. Rules without a host
 * that can be read are left out, since they would close all other hosts.
 */
export function salvageIngress(subject: Subject, identity: Identity): Ingress {
  const spec = objectOf(subject.value['spec']);
  const { document, namespace, name } = identity;
  return {
    kind: 'Ingress',
    document,
    namespace,
    name,
    apiVersion: subject.document.apiVersion,
    createdAt: undefined,
    annotations: textsOf(objectOf(metadataOf(subject.value)['annotations'])),
    ingressClassName: someTextOf(spec['ingressClassName']),
    defaultBackend: undefined,
    rules: listOf(spec['rules'])
      .map((rule, index) => ruleOf(identity, objectOf(rule), index))
      .filter(rule => rule !== undefined),
    tls: [],
    isRefused: true,
  };
}

/**
 * A valid Ingress as if it were refused: because nginx does not take what it asks for. Its rules without a host are left
 * out as well.
 */
export function refuseIngress(ingress: Ingress): Ingress {
  const rules = ingress.rules.filter(rule => rule.host !== '').map(closedRule);
  return { ...ingress, defaultBackend: undefined, rules, tls: [], isRefused: true };
}

function closedRule(rule: IngressRule): IngressRule {
  const paths = (rule.paths ?? []).map((path): IngressPath => {
    const pathType = path.pathType === 'Exact' ? 'Exact' : 'Prefix';
    return { ...path, pathType, backend: deadEnd(path.at) };
  });
  return { ...rule, paths };
}

/** A backend that leads nowhere. */
function deadEnd(at: FieldRef): IngressBackend {
  return { kind: 'service', service: '', port: undefined, at };
}
