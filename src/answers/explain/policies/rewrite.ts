import { textOf } from '../../../routing/bytes.ts';
import { isKnownVariable } from '../../../routing/nginx-variables.ts';
import { compilePcre } from '../../../routing/pcre-match.ts';
import { readRegex } from '../../../routing/pcre.ts';
import type { Rewrite } from '../../../routing/policies/rewrite.ts';
import { escapeArgs, unescapeRedirect } from '../../../routing/request-uri.ts';
import type { Effect, Explainer, OnTheWay } from '../explainer.ts';
import { valueOf } from '../variables.ts';

type Groups = readonly (string | undefined)[];

/** What a part of a target comes to. */
interface Parts {
  readonly group: (number: number) => string;
  readonly variable: (name: string) => string;
}

/** `rewrite-target` of a URL: clients are sent there instead. */
const redirect: Explainer<Rewrite> = {
  phase: 'redirect',
  explain({ asks }, at) {
    if (!asks.isRedirect) return [];
    const groups = groupsOf(asks, at);
    if (groups === 'unclear') return [unclear(asks)];
    if (groups === undefined) return [missed(asks, 'redirect')];
    const url = redirectUrl(asks, groups, at);
    const text = `rewrite-target is a URL, so the client is redirected to ${url}`;
    const answer = { status: 302, url, reason: 'rewrite-target is a URL' };
    const advice = ['Write a path in rewrite-target to ask the backend instead of redirecting the client'];
    return [{ name: 'redirect', verdict: 'answered', text, answer, advice }];
  },
};

/** `rewrite-target` of a path, and the prefix that goes with it. */
const rewritten: Explainer<Rewrite> = {
  phase: 'rewrite',
  explain({ asks }, at) {
    if (asks.isRedirect) return [];
    const groups = groupsOf(asks, at);
    if (groups === 'unclear') return [unclear(asks)];
    const headers = prefixHeaders(asks, groups ?? [], at);
    if (groups === undefined) return [{ ...missed(asks, 'rewrite'), ...headers }];
    const { names } = readRegex(asks.pattern);
    const path = expanded(asks.target, names, partsOf(groups, at, plain));
    if (path === '') {
      const reason = `rewrite-target "${asks.target}" leaves nothing of the path`;
      const advice = ['Begin rewrite-target with "/", so that something is left of every path'];
      // nginx asks nobody for an error page without a path.
      const answer = { status: 500, reason, hasBody: true } as const;
      return [{ name: 'rewrite', verdict: 'answered', text: reason, answer, advice }];
    }
    const text = `the path ${textOf(at.path)} becomes ${textOf(path)} by rewrite-target "${asks.target}"${groupHint(asks, groups)}`;
    const details = groupDetails(groups);
    return [
      { name: 'rewrite', verdict: 'changed', text, details, uri: { path, query: at.query, isFinal: true }, ...headers },
    ];
  },
};

export const explainRewrite: readonly Explainer<Rewrite>[] = [redirect, rewritten];

function groupsOf({ pattern }: Rewrite, { path }: OnTheWay): Groups | 'unclear' | undefined {
  const found = compilePcre(pattern, { isCaseless: true }).match(path);
  return typeof found === 'object' ? found.groups : found;
}

function unclear({ pattern }: Rewrite): Effect {
  const text = `rewrite-target: the expression "${pattern}" takes too many steps on this path`;
  return { name: 'rewrite', verdict: 'assumed', text, unclear: text };
}

function missed({ pattern }: Rewrite, name: 'rewrite' | 'redirect'): Effect {
  return { name, verdict: 'passed', text: `rewrite-target has no effect: "${pattern}" does not fit the path` };
}

/** The usual mistakes: a target that keeps nothing of the path, and one of groups that the path has not. */
function groupHint({ target, pattern }: Rewrite, groups: Groups): string {
  const wanted = [...target.matchAll(/\$([1-9])/g)].map(([, digit = '0']) => Number(digit));
  const missing = wanted.filter(number => number >= groups.length);
  if (missing.length > 0) {
    return `: the path "${pattern}" has no group for $${missing.join(', $')}, which is empty${groupAdvice(pattern)}`;
  }
  if (target.includes('$')) return '';
  return `: it has no group such as $1, so that every path becomes ${target}${groupAdvice(pattern)}`;
}

/** How the rest of a path is kept, as the documentation of the controller does it. */
function groupAdvice(pattern: string): string {
  const begin = pattern.replace(/\/$/, '');
  if (!/^(?:\/[\w.-]+)+$/.test(begin)) return '';
  return `; to keep the rest, write the path ${begin}(/|$)(.*) and the target /$2`;
}

function groupDetails(groups: Groups): readonly string[] {
  return groups
    .slice(1)
    .map((group, index) => `$${index + 1} is ${group === undefined ? 'empty' : `"${textOf(group)}"`}`);
}

function plain(group: string): string {
  return group;
}

function partsOf(groups: Groups, at: OnTheWay, shownGroup: (group: string) => string): Parts {
  return {
    group: number => shownGroup(groups[number] ?? ''),
    variable: name => valueOf(name.toLowerCase(), at) ?? `$${name}`,
  };
}

/** As nginx reads a target here: a name that is neither a variable nor a group of this path is empty. */
function expanded(target: string, names: ReadonlyMap<string, number>, { group, variable }: Parts): string {
  return target.replaceAll(/\$(?:([1-9])|([a-z_]\w*))/gi, (_, digit: string | undefined, name: string | undefined) => {
    if (digit !== undefined) return group(Number(digit));
    if (name === undefined) return '';
    if (isKnownVariable(name)) return variable(name);
    const number = names.get(name);
    return number === undefined ? '' : group(number);
  });
}

/** Groups are escaped, and what needs no escape is written without; the query follows. */
function redirectUrl({ pattern, target }: Rewrite, groups: Groups, at: OnTheWay): string {
  const isEscaped = /[%+]/.test(at.request.target.replace(/\?.*$/s, ''));
  const parts = partsOf(groups, at, isEscaped ? escapeArgs : plain);
  const inALine = (name: string): string => {
    const value = parts.variable(name);
    // oxlint-disable-next-line no-control-regex
    return /^(?:document_)?uri$/i.test(name) && /[\u0000-\u001F\u007F]/.test(value) ? '' : value;
  };
  const url = unescapeRedirect(expanded(target, readRegex(pattern).names, { ...parts, variable: inALine }));
  return at.query === undefined ? url : `${url}?${at.query}`;
}

/** X-Forwarded-Prefix; what would end its line is not sent. */
function prefixHeaders({ pattern, prefix }: Rewrite, groups: Groups, at: OnTheWay): Pick<Effect, 'requestHeaders'> {
  if (prefix === undefined) return {};
  const value = expanded(prefix, readRegex(pattern).names, partsOf(groups, at, plain));
  // oxlint-disable-next-line no-control-regex
  const isSent = !prefix.includes('$') || !/[\u0000-\u001F\u007F]/.test(value);
  return { requestHeaders: [{ name: 'X-Forwarded-Prefix', value: isSent ? value : '' }] };
}
