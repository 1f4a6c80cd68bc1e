import type { OptionSpec } from '../options/option.ts';
import type { ServerSnippet } from '../routing/policies/server-snippet.ts';
import { directivesIn } from '../snippets/read.ts';
import { changesServerName, leavesRequests } from '../snippets/traits.ts';
import { annotationRef } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import { defineFamily } from './family.ts';
import { snippetText } from './snippet-options.ts';
import { statementsOfOption, takeSnippet } from './snippets.ts';
import { objectText } from '../diagnostics/place.ts';

const NAME = 'server-snippet';

/** Those that keep nobody out, whatever becomes of them. */
const HARMLESS: ReadonlySet<string> = new Set([
  'access_log',
  'add_header',
  'log_not_found',
  'more_clear_headers',
  'more_set_headers',
  'proxy_hide_header',
  'server_tokens',
]);

/** What must be closed without it: it may guard paths of other Ingresses. */
function closesOf(text: string): Closed['closes'] {
  const names = directivesIn(text);
  return names.length > 0 && names.every(name => HARMLESS.has(name)) ? 'location' : 'host';
}

/**
 * Directives for the server of a host, of which the oldest Ingress with any decides; and those of the ConfigMap for all
 * servers.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createServers, and
 * rootfs/etc/nginx/template/nginx.tmpl.
 */
export const serverSnippet = defineFamily({
  name: 'serverSnippet',
  annotations: {
    [NAME]: {
      type: snippetText,
      default: '',
      example: 'location /metrics { return 403; }',
      summary: 'Directives of nginx for the hosts, with locations beside those of the paths.',
      becomes: 'the same directives, each in its place',
      differs: [
        {
          says: 'the Server header stays, as stock nginx can neither change nor remove it',
          where: changesServerName,
        },
        {
          says: 'its response headers are sent where a configuration-snippet adds others, too',
          where: text => text.includes('add_header'),
        },
        {
          says: 'a location that does not answer by itself finds nothing (404), as there are no files',
          where: leavesRequests,
        },
      ],
    } satisfies OptionSpec<string>,
  },
  options: {
    [NAME]: {
      type: snippetText,
      default: '',
      example: 'location /metrics { return 403; }',
      summary: 'Directives of nginx for all hosts.',
      becomes: 'the same directives, each in its place',
    } satisfies OptionSpec<string>,
  },
  read(values, { ingress, report, snippets }): ServerSnippet | Closed<ServerSnippet> | undefined {
    const text = values[NAME];
    if (text.trim() === '') return undefined;
    const closes = closesOf(text);
    const lost =
      closes === 'host' ? 'all locations of its hosts answer 403' : 'the locations of this Ingress answer 503';
    const at = annotationRef(ingress, NAME);
    const statements = takeSnippet(
      { name: NAME, text, place: 'server', at, lost, owner: objectText(ingress) },
      snippets,
      report,
    );
    if (statements === undefined) return closed<ServerSnippet>(closes, `${NAME} cannot be taken`);
    return statements.length === 0 ? undefined : { statements };
  },
  gives: {
    server: asked => asked,
    http(options, { snippets }) {
      const statements = statementsOfOption(NAME, options[NAME], 'server', snippets);
      return statements.length === 0 ? undefined : { statements };
    },
  },
});
