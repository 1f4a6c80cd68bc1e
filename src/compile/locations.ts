import type { Report } from '../diagnostics/diagnostic.ts';
import type { Location, Target } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';
import { problemOfText } from '../routing/text.ts';
import { problemOfRegex } from './pcre.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import { invalidRegex, samePrefix, unwritablePath } from './rules.ts';

export interface LocationContext {
  readonly hasTls: boolean;
  readonly targetOf: (draft: PathDraft) => Target;
  readonly report: Report;
}

/**
 * Orders the paths of a host as the controller does: by path, descending, then the longest first. nginx needs this
 * order for regular expressions only; the others keep it so that equal input gives equal bytes.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 */
function inControllerOrder(drafts: Iterable<PathDraft>): readonly PathDraft[] {
  const keyed = [...drafts].map(draft => ({ draft, bytes: Buffer.byteLength(draft.path) }));
  keyed.sort((a, b) => {
    if (a.bytes !== b.bytes) return b.bytes - a.bytes;
    if (a.draft.path !== b.draft.path) return a.draft.path < b.draft.path ? 1 : -1;
    return Number(b.draft.isExact) - Number(a.draft.isExact);
  });
  return keyed.map(({ draft }) => draft);
}

function wantsRegex({ plan, path }: PathDraft): boolean {
  return plan?.wantsRegex(path) ?? false;
}

/** A path as nginx sees it, with the draft that it is made of. */
interface Match {
  readonly match: Location['match'];
  readonly path: string;
  readonly draft: PathDraft;
}

/**
 * The nginx locations of a path. A prefix `/foo` covers `/foo` and what is below `/foo/`, not `/foobar`; a path that is
 * rewritten or a regular expression stays one location.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/location.go, updateServerLocations.
 */
function matchesOf(draft: PathDraft, paths: HostDraft['paths'], isRegexHost: boolean): readonly Match[] {
  const { path } = draft;
  const as = (match: 'exact' | 'prefix', text: string): Match =>
    isRegexHost ? { match: 'regex', path: `^${text}`, draft } : { match, path: text, draft };
  if (draft.isExact) return [as('exact', path)];
  if (path === '/' || path.endsWith('/') || wantsRegex(draft)) return [as('prefix', path)];
  const folder = as('prefix', `${path}/`);
  return paths.has(`=${path}`) ? [folder] : [folder, as('exact', path)];
}

/** Whether nginx can read the location; what it cannot is reported. */
function isWritable({ match, path, draft }: Match, report: Report): boolean {
  const at = draft.from[0]?.field;
  const place = at === undefined ? {} : { at };
  const unwritable = problemOfText(path, '(?i)');
  if (unwritable !== undefined) {
    const message = `the path ${JSON.stringify(draft.path.slice(0, 100))} ${unwritable}`;
    report({ rule: unwritablePath, message, help: 'write the path as browsers show it', ...place });
    return false;
  }
  const broken = match === 'regex' ? problemOfRegex(path) : undefined;
  if (broken === undefined) return true;
  const help = 'all paths of a host are regular expressions once one of them uses use-regex or rewrite-target';
  report({
    rule: invalidRegex,
    message: `the path "${draft.path}" is no regular expression: ${broken}`,
    help,
    ...place,
  });
  return false;
}

function policiesOf(draft: PathDraft, target: Target, facts: { hasTls: boolean; isDefaultServer: boolean }): Policies {
  if (draft.plan === undefined || (draft.plan.denied !== undefined && target.kind === 'status')) return {};
  const isCatchAll = facts.isDefaultServer && draft.isImplicit;
  return draft.plan.policiesFor({ path: draft.path, hasTls: facts.hasTls, isCatchAll });
}

/** The locations of a host, complete, in the order in which nginx must try regular expressions. */
export function locationsOf(host: HostDraft, context: LocationContext): readonly Location[] {
  const { report, hasTls, targetOf } = context;
  const isDefaultServer = host.host === DEFAULT_HOST;
  const drafts = inControllerOrder(host.paths.values());
  const isRegexHost = drafts.some(wantsRegex);
  const locations: Location[] = [];
  const taken = new Map<string, PathDraft>();
  for (const draft of drafts) {
    const found = matchesOf(draft, host.paths, isRegexHost).filter(match => isFree(match, taken, report));
    if (!found.every(match => isWritable(match, report))) continue;
    const target = draft.plan?.denied === undefined ? targetOf(draft) : closed(draft.plan.denied);
    const policies = policiesOf(draft, target, { hasTls, isDefaultServer });
    for (const { match, path } of found) {
      taken.set(`${match} ${path}`, draft);
      locations.push({ match, path, policies, target, from: draft.from });
    }
  }
  return locations;
}

function closed(reason: string): Target {
  return { kind: 'status', code: 503, reason };
}

/** nginx refuses two equal locations: the second is left out, and said. */
function isFree({ match, path, draft }: Match, taken: ReadonlyMap<string, PathDraft>, report: Report): boolean {
  const holder = taken.get(`${match} ${path}`);
  if (holder === undefined) return true;
  const [winner] = holder.from;
  const at = draft.from[0]?.field;
  if (match !== 'prefix' || winner === undefined || at === undefined) return false;
  const message = `"${draft.path}" and "${holder.path}" are the same folder; ${winner.resource} serves it`;
  const related = [{ message: `"${holder.path}" is here`, at: winner.field }];
  report({ rule: samePrefix, message, help: 'keep one of the two', at, related });
  return false;
}
