import type { Finding } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ConfigMap } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { HeaderText } from '../routing/header-text.ts';
import { readHeaderValue } from '../routing/header-text.ts';
import { annotationRef } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import { headerProblem } from './external-auth-values.ts';
import type { ReadContext } from './family.ts';
import { refusedAuthHeaders } from './rules/external-auth.ts';

const NAME = 'auth-proxy-set-headers';

type Context = ReadContext<unknown>;

/** The headers of the ConfigMap that an Ingress names for requests to the auth service; closed where they cannot be sent. */
export function sentHeaders(name: string, context: Context): readonly HeaderText[] | Closed<never> {
  if (name === '') return [];
  const { ingress, tables, report, mayUse } = context;
  const refuse = (problem: string, help: string, missing: Pick<Finding, 'lacks'> = {}): Closed<never> => {
    const at = annotationRef(ingress, NAME);
    report({ rule: refusedAuthHeaders, message: `${NAME}: ${problem}`, help, at, ...missing });
    return closed('location', `the headers of ${NAME} are not known`);
  };
  const [namespace = '', rest, ...more] = name.split('/');
  if (rest === undefined || rest === '' || namespace === '' || more.length > 0) {
    return refuse(`"${name}" is not \`namespace/name\``, `write "${ingress.namespace}/${name.replaceAll('/', '')}"`);
  }
  if (!mayUse(namespace)) {
    const help = `copy the ConfigMap to the namespace ${ingress.namespace}, or set the option allow-cross-namespace-resources`;
    return refuse(`${name} is not in the namespace of the Ingress`, help);
  }
  const configMap = tables.configMaps.get(name);
  if (configMap === undefined) {
    const lacks = { kind: 'ConfigMap', key: name } as const;
    return refuse(`the ConfigMap ${name} is not in the input`, 'add it to the input', { lacks });
  }
  // What is wrong with one that was refused has been said.
  if (configMap.isRefused === true) return closed('location', `the ConfigMap of ${NAME} is not valid`);
  return headersOf(configMap, context);
}

function headersOf(configMap: ConfigMap, { ingress, report }: Context): readonly HeaderText[] | Closed<never> {
  const headers = new Map<string, HeaderText>();
  let isRefused = false;
  for (const [name, value] of Object.entries(configMap.data).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const wrong = headerProblem(name);
    const read = wrong === undefined ? readHeaderValue(value) : { ok: false as const, ...wrong };
    if (read.ok) {
      headers.set(name.toLowerCase(), { name, value: read.value });
      continue;
    }
    isRefused = true;
    const related = [{ message: 'it is set here', at: keyOf(refOf(configMap, 'data', name)) }];
    const message = `${NAME}: ConfigMap ${configMap.namespace}/${configMap.name}: ${name} ${read.problem}`;
    report({ rule: refusedAuthHeaders, message, help: read.help, at: annotationRef(ingress, NAME), related });
  }
  return isRefused ? closed('location', `a header of ${NAME} cannot be sent`) : [...headers.values()];
}
