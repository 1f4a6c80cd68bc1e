import { bareWord, directive, EMPTY, indented, joinLines, locationHead, quote, variable } from '../quote.ts';
import { headersOf } from '../snippet-headers.ts';
import { forRequestsAlone, programOf } from '../snippet-program.ts';

import type { Quoted } from '../quote.ts';
import type { HttpRenderer, Parts, ServerRenderer, Tools } from '../parts.ts';
import type { ServerSnippet } from '../../routing/policies/server-snippet.ts';
import type { SnippetTools } from '../snippet-text.ts';
import type { LocationStatement, ResponseHeader, Statement } from '../../routing/snippets.ts';

export const renderServerSnippet: ServerRenderer<'serverSnippet'> = (asks, tools) => partsOf(asks, tools);

/** That of all servers. */
export const renderServerSnippetOfAll: HttpRenderer<'serverSnippet'> = (asks, tools) => {
  const { server, ...parts } = partsOf(asks, tools);
  return server === undefined ? parts : { ...parts, behindServers: server };
};

function partsOf({ statements }: ServerSnippet, tools: Tools): Parts {
  const { first, resumed, access, requestHeaders, responseHeaders } = programOf(statements, tools);
  const locations = statements.filter(each => each.kind === 'location');
  const lines = indented([...forRequestsAlone([...first, ...resumed]), ...access], 'server');
  const own = joinLines(locations.flatMap(each => indented([locationLines(each, statements, tools)], 'server') ?? []));
  return {
    ...(lines === undefined ? {} : { server: lines }),
    ...(requestHeaders.length === 0 ? {} : { requestHeaders }),
    ...(responseHeaders.length === 0 ? {} : { responseHeaders }),
    // A `break` or a rewrite to another location would keep nginx from what locations have in common.
    ...(resumed.length > 0 || statements.some(({ kind }) => kind === 'other') ? { saysAnything: true } : {}),
    ...(own === undefined ? {} : { ownLocations: { text: own, exact: exactPaths(locations) } }),
  };
}

function exactPaths(locations: readonly LocationStatement[]): readonly string[] {
  return locations.filter(({ match }) => match === '=').map(({ path }) => path);
}

/** A location that no path of an Ingress made: what does not answer finds nothing, since there are no files. */
function locationLines(
  { match, path, body }: LocationStatement,
  outer: readonly Statement[],
  tools: SnippetTools,
): Quoted {
  const { first, resumed, access } = programOf(body, tools);
  const { responseHeaders } = headersOf(withOuter(outer, body), tools);
  const tag =
    responseHeaders.length === 0 ? [] : [tools.declare.headers('response', 'server_snippet', responseHeaders)];
  const set = tag.map(name => directive([bareWord('set'), variable('response_headers'), name]));
  const answers = body.some(({ kind }) => kind === 'return' || kind === 'other');
  const end = answers ? [] : [directive([bareWord('try_files'), EMPTY, quote('=404')])];
  return directive([locationHead(match, quote(path))], [...set, ...first, ...resumed, ...access, ...end]);
}

/** The headers of the server hold in a location that adds none; others come beside its own. */
function withOuter(outer: readonly Statement[], body: readonly Statement[]): readonly Statement[] {
  const isAdded = ({ how }: ResponseHeader): boolean => how === 'add';
  const adds = body.some(each => each.kind === 'response-header' && isAdded(each));
  const kept = outer.filter(each => each.kind === 'response-header' && !(adds && isAdded(each)));
  return [...kept, ...body];
}
