import type { MovingIngress, ShapeName } from '../answers/migrate/model.ts';
import { SHAPE_NAMES } from '../answers/migrate/model.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Ingress, IngressPath } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { Routing } from '../routing/model.ts';

type Shapes = MovingIngress['shapes'];

/** Signs that mean something in a regular expression; a dot in a path is a dot most of the time. */
const EXPRESSION = /[\\^$*+?()[\]{}|]/;

/** What a move concerns in the Ingresses of a routing besides annotations, each once an Ingress. */
export function shapesIn({ servers, splits }: Routing): (ingress: Ingress) => Shapes {
  const canaries = new Set(splits.flatMap(({ from }) => from.map(({ resource }) => objectText(resource))));
  const regexHosts = new Set(servers.filter(({ regexFrom }) => regexFrom !== undefined).map(({ host }) => host));
  const shared = new Set<string>();
  for (const { host, from } of servers) {
    const names = new Set(from.map(({ resource }) => objectText(resource)));
    if (names.size > 1) shared.add(host);
  }
  return ingress => {
    const { rules, tls, defaultBackend } = ingress;
    const isCanary = canaries.has(objectText(ingress));
    const hosts = rules.map(({ host }) => host);
    const paths = rules.flatMap(({ host, paths: ofRule = [] }) =>
      ofRule.map(path => ({ path, shape: shapeOf(path, regexHosts.has(host)) })),
    );
    const [firstRule] = rules;
    const pathOf = (name: ShapeName): FieldRef | undefined => paths.find(({ shape }) => shape === name)?.path.at;
    const found: Readonly<Record<ShapeName, FieldRef | undefined>> = {
      regexPaths: pathOf('regexPaths'),
      implementationSpecific: pathOf('implementationSpecific'),
      prefixPaths: pathOf('prefixPaths'),
      sharedHosts: isCanary || !hosts.some(host => shared.has(host)) ? undefined : firstRule?.at,
      wildcardHosts: rules.find(({ host }) => host.startsWith('*.'))?.at,
      defaultBackends: defaultBackend?.at,
      tlsSecrets: tls.find(({ secretName }) => secretName !== '')?.at,
      canaries: isCanary ? refOf(ingress) : undefined,
    };
    return SHAPE_NAMES.flatMap(name => {
      const at = found[name];
      return at === undefined ? [] : [{ name, at }];
    });
  };
}

/** What is special about a path; nothing about an exact one, or a prefix of all. */
function shapeOf({ path, pathType }: IngressPath, isRegexHost: boolean): ShapeName | undefined {
  if (pathType === 'Exact') return undefined;
  if (isRegexHost && EXPRESSION.test(path)) return 'regexPaths';
  if (pathType === 'ImplementationSpecific') return 'implementationSpecific';
  return path === '/' || path === '' ? undefined : 'prefixPaths';
}
