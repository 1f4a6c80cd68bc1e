import { keyOfObject } from '../cluster/object-name.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ConfigMap } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { isUsualVariable } from '../routing/nginx-variables.ts';
import type { FastcgiParam } from '../routing/policies/backend-protocol.ts';
import type { KnownVariables, TextPart } from '../routing/variable-text.ts';
import { readVariableText, IN_REQUESTS } from '../routing/variable-text.ts';
import { annotationRef } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { ReadContext } from './family.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';
import { refusedFastcgiParams } from './rules/backend-protocol.ts';

export const PARAMS = 'fastcgi-params-configmap';

const NAME = /^[A-Za-z0-9._-]+$/;
const VALUE = /^[-A-Za-z0-9_${}/.]*$/;
/** More than anybody needs, and half of what nginx takes as one word. */
const LONGEST = 2048;

const OF_FASTCGI: ReadonlySet<string> = new Set(['fastcgi_script_name', 'fastcgi_path_info']);
/** The folder of the controller's nginx; nobody knows that of another one. */
const ROOT = '/usr/local/nginx/html';
const ROOTS: ReadonlySet<string> = new Set(['document_root', 'realpath_root']);

type Context = Omit<ReadContext<unknown>, 'options'>;

interface Problem {
  readonly problem: string;
  readonly help: string;
  /** As the controller does: it takes nothing of the Ingress. Its nginx does not start with the others. */
  readonly isDropped: boolean;
}

function problemOf(name: string, value: string): Problem | undefined {
  if (!NAME.test(name) || name.length > LONGEST) {
    return {
      problem: `"${name}" is not the name of a parameter`,
      help: 'use letters, digits, . - and _',
      isDropped: true,
    };
  }
  if (!VALUE.test(value)) {
    const problem = `${name}: "${value}" has characters that are not allowed`;
    return { problem, help: 'use letters, digits and - _ $ { } / .', isDropped: true };
  }
  if (value.length > LONGEST) {
    return { problem: `${name} is longer than ${LONGEST} characters`, help: 'shorten it', isDropped: false };
  }
  const read = readVariableText(value, IN_PARAMETERS);
  if (read.ok) return undefined;
  const help = 'write one that it has, such as $fastcgi_script_name';
  return { problem: `${name}: "${value}" ${read.problem}`, help, isDropped: false };
}

const IN_PARAMETERS: KnownVariables = {
  ...IN_REQUESTS,
  isKnown: name => isUsualVariable(name) || OF_FASTCGI.has(name),
};

/** A value in its parts, with the folder of the controller in place of any other. */
function partsOf(value: string): readonly TextPart[] {
  const read = readVariableText(value, IN_PARAMETERS);
  const parts = read.ok ? read.parts : [];
  return parts.map(part => ('variable' in part && ROOTS.has(part.variable) ? { text: ROOT } : part));
}

function readEntries(configMap: ConfigMap, { ingress, report }: Context): readonly FastcgiParam[] | Closed<never> {
  const params: FastcgiParam[] = [];
  let worst: Problem | undefined;
  for (const [name, value] of Object.entries(configMap.data).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const wrong = problemOf(name, value);
    if (wrong === undefined) params.push({ name, value: partsOf(value) });
    else {
      if (worst?.isDropped !== true) worst = wrong;
      const message = `${PARAMS}: ConfigMap ${configMap.namespace}/${configMap.name}: ${wrong.problem}`;
      const related = [{ message: 'it is set here', at: keyOf(refOf(configMap, 'data', name)) }];
      report({ rule: refusedFastcgiParams, message, help: wrong.help, at: annotationRef(ingress, PARAMS), related });
    }
  }
  if (worst === undefined) return params;
  return closed(worst.isDropped ? 'dropped' : 'location', `an entry of ${PARAMS} is not allowed`);
}

/**
 * The parameters of a ConfigMap, which is always one of the namespace of the Ingress; undefined where that is not asked
 * for, so that the other annotations have no effect either.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/fastcgi/main.go.
 */
export function readParams(reference: string, context: Context): readonly FastcgiParam[] | Closed<never> | undefined {
  const { ingress, tables, report } = context;
  const at = annotationRef(ingress, PARAMS);
  const [name = '', namespace, ...more] = reference.split('/').toReversed();
  const refuse = (problem: string, help: string, missing: Pick<Finding, 'lacks'> = {}): Closed<never> => {
    report({ rule: refusedFastcgiParams, message: `${PARAMS}: ${problem}`, help, at, ...missing });
    return closed('location', `the ConfigMap of ${PARAMS} is missing`);
  };
  if (more.length > 0) return refuse(`"${reference}" is not the name of a ConfigMap`, 'write "namespace/name"');
  if (namespace !== undefined && namespace !== '' && !context.mayUse(namespace)) {
    const message = `${PARAMS} and fastcgi-index have no effect: the ConfigMap ${reference} is of another namespace`;
    const help = `write the name of a ConfigMap of the namespace ${ingress.namespace}`;
    report({ rule: annotationWithoutEffect, message, help, at });
    return undefined;
  }
  const key = keyOfObject(namespace === undefined || namespace === '' ? ingress.namespace : namespace, name);
  const found = tables.configMaps.get(key);
  // What is wrong with one that was refused has been said.
  if (found?.isRefused === true) return closed('location', `the ConfigMap of ${PARAMS} is not valid`);
  if (found === undefined) {
    const lacks = { kind: 'ConfigMap', key } as const;
    return refuse(`the ConfigMap ${key} is not in the input`, 'add the ConfigMap to the input', { lacks });
  }
  return readEntries(found, context);
}
