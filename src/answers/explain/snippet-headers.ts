import type { RequestHeader, ResponseHeader, Statement } from '../../routing/snippets.ts';
import type { SetHeader } from './model.ts';
import { headerOf } from './request-headers.ts';
import type { Left } from './snippet-run.ts';
import { templateValueOf } from './variables.ts';
import type { Asking } from './variables.ts';

/**
 * The headers of a response that statements add or replace: of the `if` that held last, those of add_header stand in
 * place of the ones outside, others come beside them. Headers of some statuses alone are left to nginx.
 */
export function responseHeadersOf(statements: readonly Statement[], left: Left, at: Asking): readonly SetHeader[] {
  const base = statements.filter(isResponseHeader);
  const own = (left.branch?.body ?? []).filter(isResponseHeader);
  const adds = own.some(({ how }) => how === 'add');
  const counted = [...(adds ? base.filter(({ how }) => how !== 'add') : base), ...own];
  return counted.map(({ name, value, how, statuses }) => ({
    name,
    value: how === 'hide' ? '' : statuses === undefined ? templateValueOf(value, left, at, 'all') : undefined,
  }));
}

/** The headers of the request to the backend that statements set; of one name the last counts. */
export function requestHeadersOf(statements: readonly Statement[], left: Left, at: Asking): readonly SetHeader[] {
  const all = [...statements, ...(left.branch?.body ?? [])].filter(isRequestHeader);
  return all.map(({ name, value, ifSent }) => {
    const isMissing = ifSent === true && headerOf(name, at.request, at.routing) === undefined;
    return { name, value: isMissing ? '' : templateValueOf(value, left, at, 'all') };
  });
}

function isResponseHeader(statement: Statement): statement is ResponseHeader {
  return statement.kind === 'response-header';
}

function isRequestHeader(statement: Statement): statement is RequestHeader {
  return statement.kind === 'request-header';
}
