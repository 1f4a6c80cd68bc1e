import { EMPTY, bareWord, patternKey, quoteLiteral, variable } from '../quote.ts';

import type { CustomErrors } from '../../routing/policies/custom-errors.ts';
import type { Header } from '../headers.ts';
import type { LocationRenderer, Tools } from '../parts.ts';
import type { Quoted } from '../quote.ts';

/** What the Service of an error page is told besides the URI. The variables are those of custom-errors.http.conf. */
function headersOf(status: Quoted): readonly Header[] {
  return [
    { name: 'X-Code', value: status },
    { name: 'X-Format', value: variable('http_accept') },
    { name: 'X-Namespace', value: variable('error_namespace') },
    { name: 'X-Ingress-Name', value: variable('error_ingress') },
    { name: 'X-Service-Name', value: variable('error_service') },
    { name: 'X-Service-Port', value: variable('error_port') },
  ];
}

/** Statuses, and what `error_page` leads them to. */
type Page = Readonly<{ statuses: readonly number[]; place: Quoted; mark: Quoted | undefined }>;

const CODE = 'error_code';

/**
 * Empty, but when nginx looks at it, it notes the status: a location that may choose the status of the answer cannot ask
 * which error has led to it.
 */
function markOf(status: number, { declare }: Tools): Quoted {
  const rows = [[patternKey(`^(?<${CODE}>.*)$`), EMPTY] as const];
  return declare.map({ name: `error_${status}`, of: bareWord(String(status)), rows, otherwise: EMPTY });
}

/** nginx drops a body that is too large, but would announce it to the Service of the page, which would wait for it. */
const TOO_LARGE = 413;

function pagesOf({ statuses, to }: CustomErrors, tools: Tools): readonly Page[] {
  const { declare, text, passTo } = tools;
  if (to === undefined) {
    const none = text('policies/custom-errors.none.conf', {});
    const place = declare.location({ name: 'errors', kind: 'named', text: none });
    return [{ statuses, place, mark: undefined }];
  }
  const pass = passTo(to);
  const requestHeaders = [...headersOf(variable(CODE)), { name: 'X-Original-URI', value: variable('request_uri') }];
  return statuses.map(status => {
    const page = text('policies/custom-errors.page.conf', { isBodyless: status === TOO_LARGE, pass });
    const place = declare.location({ name: 'errors', kind: 'named', text: page, requestHeaders });
    return { statuses: [status], place, mark: markOf(status, tools) };
  });
}

function sourceOf({ namespace, ingress, service, port }: CustomErrors['source'], { declare }: Tools): Quoted {
  declare.once('policies/custom-errors.http.conf');
  return quoteLiteral([namespace, ingress, service, port].join('/'), declare);
}

/** http{} says that errors of backends are replaced, which counts where a location has pages for them. */
function passErrors({ intercepts }: CustomErrors, { declare, text }: Tools): Quoted | undefined {
  if (!intercepts) return text('policies/custom-errors.pass.conf', {});
  declare.once('policies/custom-errors.intercept.http.conf');
  return undefined;
}

export const renderCustomErrors: LocationRenderer<'customErrors'> = (asks, tools) => {
  const { statuses, to, source, isStandIn } = asks;
  const { text } = tools;
  const hasPages = statuses.length > 0;
  const isTold = isStandIn || to !== undefined;
  const passing = hasPages ? passErrors(asks, tools) : undefined;
  return {
    location: {
      ...(isTold ? { begin: text('policies/custom-errors.source.conf', { source: sourceOf(source, tools) }) } : {}),
      ...(hasPages ? { always: text('policies/custom-errors.conf', { pages: pagesOf(asks, tools) }) } : {}),
      ...(passing === undefined ? {} : { content: passing }),
    },
    ...(isStandIn ? { requestHeaders: headersOf(bareWord('503')) } : {}),
  };
};
