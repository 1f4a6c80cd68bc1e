import { listed } from '../../diagnostics/words.ts';
import { textOf } from '../../routing/bytes.ts';
import type { Location } from '../../routing/model.ts';
import type { Askers } from '../../routing/policies.ts';
import { shownWords } from '../../routing/secret-headers.ts';
import type { Statement } from '../../routing/snippets.ts';
import { askerText, causesOf } from './asking.ts';
import type { AtServer, Effect } from './explainer.ts';
import { requestHeadersOf, responseHeadersOf } from './snippet-headers.ts';
import type { Left } from './snippet-run.ts';
import { locationHeader } from './urls.ts';

/** Whose statements run, and where. */
export interface Snippet {
  readonly statements: readonly Statement[];
  readonly from: Askers;
  readonly at: AtServer & { readonly location?: Location };
}

/** What statements come to: an answer, another path, or nothing that decides. */
export function effectsOf({ statements, from, at }: Snippet, left: Left): readonly Effect[] {
  const asker = askerText(from[0]);
  const headers = {
    requestHeaders: requestHeadersOf(statements, left, at),
    responseHeaders: responseHeadersOf(statements, left, at),
  };
  const base = { name: 'snippet', causes: causesOf(from), ...headers } as const;
  if (left.unclear !== undefined) {
    return [{ ...base, verdict: 'assumed', text: `${left.unclear} (${asker})`, unclear: left.unclear }];
  }
  if (left.answer !== undefined) return [answered(left.answer, base, { asker, at })];
  if (left.isRewritten || left.query !== at.query) {
    const { path, query, isRewritten } = left;
    const text = `${asker} rewrites the URI to ${textOf(path)}${query === undefined ? '' : `?${query}`}`;
    return [{ ...base, verdict: 'changed', text, uri: { path, query, isFinal: left.isFinal || !isRewritten } }];
  }
  const names = [...headers.requestHeaders, ...headers.responseHeaders].map(({ name }) => name);
  if (names.length > 0) {
    return [{ ...base, verdict: 'changed', text: `${asker} sets the headers ${[...new Set(names)].join(', ')}` }];
  }
  const others = statements.flatMap(each => (each.kind === 'other' ? [shownWords(each.words).join(' ')] : []));
  if (others.length > 0) {
    const text = `${asker} has "${listed(others)}", taken neither to answer nor to lead elsewhere`;
    return [{ ...base, verdict: 'assumed', text, ...stopped(left) }];
  }
  const isBreak = left.isStopped
    ? ': its "break" keeps nginx from further rewrites'
    : ' and neither answers nor leads elsewhere';
  return [{ ...base, verdict: 'passed', text: `${asker} is run${isBreak}`, ...stopped(left) }];
}

/** nginx runs no rewrite of the location behind a `break`. */
function stopped({ isFinal, path, query }: Left): Pick<Effect, 'uri'> {
  return isFinal ? { uri: { path, query, isFinal } } : {};
}

function answered(
  { status, url, hasBody, said }: NonNullable<Left['answer']>,
  base: Omit<Effect, 'verdict' | 'text'>,
  { asker, at }: { readonly asker: string; readonly at: Snippet['at'] },
): Effect {
  const reason = `${asker} says "${said}"`;
  const redirects = at.location?.policies.redirects?.asks;
  const answer = {
    status,
    reason,
    ...(url === undefined ? {} : { url: locationHeader(url, at, redirects) }),
    ...(hasBody ? { hasBody } : {}),
  } as const;
  return { ...base, verdict: 'answered', text: reason, answer, advice: [`Change or remove "${said}" in ${asker}`] };
}

/** Up to the first statement that may keep nginx from what stands behind it; the others run behind the redirects. */
export function splitAtStop(statements: readonly Statement[]): readonly [readonly Statement[], readonly Statement[]] {
  const running = statements.filter(({ kind }) => RUNNING.has(kind));
  const stop = running.findIndex(mayStop);
  return stop === -1 ? [running, []] : [running.slice(0, stop), running.slice(stop)];
}

const RUNNING: ReadonlySet<Statement['kind']> = new Set([
  'return',
  'rewrite',
  'set',
  'break',
  'if',
  'other',
  'auth-variable',
]);

/** As src/nginx/snippet-program.ts reads it. */
function mayStop(statement: Statement): boolean {
  if (statement.kind === 'rewrite') return statement.flag === 'break' || statement.flag === 'last';
  if (statement.kind === 'if') return statement.body.some(mayStop);
  if (statement.kind === 'other') return ['if', 'break', 'rewrite'].includes(statement.words[0] ?? '');
  return statement.kind === 'break';
}
