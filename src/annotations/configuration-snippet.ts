import type { OptionSpec } from '../options/option.ts';
import type { ConfigurationSnippet } from '../routing/policies/configuration-snippet.ts';
import type { Statement } from '../routing/snippets.ts';
import { variablesSetIn } from '../snippets/read.ts';
import { changesServerName } from '../snippets/traits.ts';
import { namesOfLocation } from '../routing/snippet-variables.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { FoundFacts } from './facts.ts';
import { defineFamily } from './family.ts';
import { snippetText } from './snippet-options.ts';
import { statementsOfOption, takeSnippet } from './snippets.ts';
import { objectText } from '../diagnostics/place.ts';

const NAME = 'configuration-snippet';
const OF_ALL = 'location-snippet';

interface Asked {
  readonly statements: readonly Statement[];
  /** The variables of the controller that they use. */
  readonly names: readonly string[];
  /** What all locations share for which no name matters. */
  readonly policy: ConfigurationSnippet;
}

function askedOf(statements: readonly Statement[]): Asked | undefined {
  if (statements.length === 0) return undefined;
  return { statements, names: namesOfLocation(statements), policy: { statements } };
}

/** What the controller sets in a location. Source: ingress-nginx 1.15.1, template.go, getIngressInformation. */
function valueOf(name: string, { ingress, backend, written, path }: FoundFacts): string {
  switch (name) {
    case 'namespace':
      return ingress.namespace;
    case 'ingress_name':
      return ingress.name;
    case 'service_name':
      return backend?.service ?? '';
    case 'service_port':
      return portOf(backend?.port);
    case 'location_path':
      return isShort(written ?? path) ? (written ?? path) : '';
    case 'proxy_upstream_name':
      return backend === undefined
        ? 'upstream-default-backend'
        : `${backend.namespace}-${backend.service}-${portOf(backend.port)}`;
    default:
      return '';
  }
}

/** Whether nginx takes a text whose dollars are written out. */
function isShort(text: string): boolean {
  return Buffer.byteLength(text) + (text.split('$').length - 1) * 20 < 2000;
}

function portOf(port: NonNullable<FoundFacts['backend']>['port'] | undefined): string {
  if (port === undefined) return '';
  return 'number' in port ? String(port.number) : port.name;
}

/**
 * Directives for the locations of an Ingress, and those of the ConfigMap for all locations, which stand behind them.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/snippet/main.go and rootfs/etc/nginx/template/nginx.tmpl.
 */
export const configurationSnippet = defineFamily({
  name: 'configurationSnippet',
  annotations: {
    [NAME]: {
      type: snippetText,
      default: '',
      example: 'more_set_headers "X-Frame-Options: DENY";',
      summary: 'Directives of nginx for the locations.',
      becomes: 'the same directives, each in its place',
      differs: [
        {
          says: 'of several proxy_set_header of one name, and of those that the controller has itself, the last one counts',
          where: text => text.includes('proxy_set_header'),
        },
        {
          says: 'the Server header stays, as stock nginx can neither change nor remove it',
          where: changesServerName,
        },
      ],
    } satisfies OptionSpec<string>,
  },
  options: {
    [OF_ALL]: {
      type: snippetText,
      default: '',
      example: 'add_header X-Frame-Options DENY always;',
      summary: 'Directives of nginx for all locations.',
      becomes: 'the same directives, each in its place',
    } satisfies OptionSpec<string>,
  },
  read(values, { ingress, report, options, snippets }): Asked | Closed<Asked> | undefined {
    const common = statementsOfOption(OF_ALL, options[OF_ALL], 'location', snippets);
    const text = values[NAME];
    if (text.trim() === '') return askedOf(common);
    const set = variablesSetIn(annotationText(ingress, 'server-snippet'));
    const at = annotationRef(ingress, NAME);
    const lost = 'the locations of this Ingress answer 503';
    const own = takeSnippet(
      { name: NAME, text, place: 'location', at, lost, owner: objectText(ingress), set },
      snippets,
      report,
    );
    return own === undefined ? closed<Asked>('location', `${NAME} cannot be taken`) : askedOf([...own, ...common]);
  },
  byDefault: (options, { snippets }) => askedOf(statementsOfOption(OF_ALL, options[OF_ALL], 'location', snippets)),
  gives: {
    location({ statements, names, policy }, facts) {
      if (names.length === 0) return policy;
      return { statements, names: Object.fromEntries(names.map(name => [name, valueOf(name, facts)])) };
    },
  },
});
