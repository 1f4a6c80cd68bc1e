import { byStatus, headerToken, ifSent } from './snippet-text.ts';
import { EMPTY, exactKey, quote, variable } from './quote.ts';

import type { SnippetTools } from './snippet-text.ts';
import type { Header } from './headers.ts';
import type { Quoted } from './quote.ts';
import type { RequestHeader, ResponseHeader, Statement } from '../routing/snippets.ts';

/** The variable that says which `if` of a location held last; empty for none. */
export function branchVariable(tools: SnippetTools): Quoted {
  return tools.declare.map({ name: 'snippet_branch', of: quote('none held'), rows: [], otherwise: EMPTY });
}

/** What holds where the `if` of this number held last; of the first, where none did. */
interface Branch {
  readonly key: string;
  readonly responses: readonly ResponseHeader[];
  readonly requests: readonly RequestHeader[];
}

export interface SnippetHeaders {
  readonly responseHeaders: readonly Header[];
  readonly requestHeaders: readonly Header[];
  /** Whether an `if` changes any of them. */
  readonly dependsOnIf: boolean;
}

/**
 * The headers that statements of one block ask for, those in its `if`s too. nginx takes the headers of the `if` that held
 * last: those of add_header replace the ones outside, those of headers-more come beside them.
 */
export function headersOf(statements: readonly Statement[], tools: SnippetTools): SnippetHeaders {
  const base = branchOf('', statements);
  const ifs = statements.flatMap(each => (each.kind === 'if' ? [each.body] : []));
  const own = ifs.map((body, index) => branchOf(String(index + 1), body));
  const dependsOnIf = own.some(({ responses, requests }) => responses.length + requests.length > 0);
  const branches = dependsOnIf ? [base, ...own.map(branch => within(base, branch))] : [base];
  return {
    responseHeaders: responseHeaders(branches, tools),
    requestHeaders: requestHeaders(branches, tools),
    dependsOnIf,
  };
}

function branchOf(key: string, statements: readonly Statement[]): Branch {
  return {
    key,
    responses: statements.filter(each => each.kind === 'response-header'),
    requests: statements.filter(each => each.kind === 'request-header'),
  };
}

function within(base: Branch, own: Branch): Branch {
  const adds = own.responses.some(({ how }) => how === 'add');
  const kept = adds ? base.responses.filter(({ how }) => how !== 'add') : base.responses;
  return { key: own.key, responses: [...kept, ...own.responses], requests: [...base.requests, ...own.requests] };
}

const lower = (name: string): string => name.toLowerCase();
const underscored = (name: string): string => lower(name).replaceAll('-', '_');

/** Names as they are first written, each once whatever its case. */
function namesIn(headers: readonly { readonly name: string }[]): readonly string[] {
  const names = new Map<string, string>();
  for (const { name } of headers) if (!names.has(lower(name))) names.set(lower(name), name);
  return [...names.values()];
}

function responseHeaders(branches: readonly Branch[], tools: SnippetTools): readonly Header[] {
  const all = branches.flatMap(({ responses }) => responses);
  return namesIn(all).flatMap(name => {
    const own = branches.map(({ key, responses }) => ({
      key,
      responses: responses.filter(each => lower(each.name) === lower(name)),
    }));
    const isPut = own.some(({ responses }) => responses.some(({ how }) => how === 'put'));
    const isHidden = own.some(({ responses }) => responses.some(({ how }) => how === 'hide'));
    const putOf = (responses: readonly ResponseHeader[]): Quoted => {
      const put = responses.findLast(({ how }) => how === 'put');
      const sent = isHidden ? EMPTY : variable(`upstream_http_${underscored(name)}`);
      return put === undefined ? sent : valueOf(put, sent, tools);
    };
    const put = byBranch(
      own.map(({ key, responses }) => ({ key, value: putOf(responses) })),
      tools,
    );
    const first: readonly Header[] = isPut || isHidden ? [{ name, value: isPut ? put : EMPTY, replaces: true }] : [];
    const added = own.map(({ key, responses }) => ({ key, adds: responses.filter(({ how }) => how === 'add') }));
    const most = Math.max(...added.map(({ adds }) => adds.length));
    const more = Array.from({ length: most }, (_, index): Header => {
      const values = added.map(({ key, adds }) => {
        const add = adds[index];
        return { key, value: add === undefined ? EMPTY : valueOf(add, EMPTY, tools) };
      });
      return { name, value: byBranch(values, tools) };
    });
    return [...first, ...more];
  });
}

function valueOf({ value, statuses }: ResponseHeader, otherwise: Quoted, tools: SnippetTools): Quoted {
  const token = headerToken(value, tools);
  return statuses === undefined ? token : byStatus(statuses, token, otherwise, tools);
}

function requestHeaders(branches: readonly Branch[], tools: SnippetTools): readonly Header[] {
  const all = branches.flatMap(({ requests }) => requests);
  return namesIn(all).map(name => {
    const sent = variable(`http_${underscored(name)}`);
    const values = branches.map(({ key, requests }) => {
      const last = requests.findLast(each => lower(each.name) === lower(name));
      if (last === undefined) return { key, value: sent };
      const token = headerToken(last.value, tools);
      return { key, value: last.ifSent === true ? ifSent(sent, token, tools) : token };
    });
    return { name, value: byBranch(values, tools) };
  });
}

/** A value that depends on the `if` that held last; the first is that of none. */
function byBranch(values: readonly { readonly key: string; readonly value: Quoted }[], tools: SnippetTools): Quoted {
  const [base, ...others] = values;
  const otherwise = base?.value ?? EMPTY;
  const rows = others.flatMap(({ key, value }) => (value === otherwise ? [] : [[exactKey(key), value] as const]));
  if (rows.length === 0) return otherwise;
  const of = branchVariable(tools);
  return tools.declare.map({ name: 'snippet_header', of, rows, otherwise, isVolatile: true });
}
