import type { Server } from '../../routing/model.ts';
import type { Cause } from '../explain/model.ts';
import { diffCertificates } from './certificates.ts';
import { beyond } from './differ.ts';
import { fieldsOf } from './fields.ts';
import type { ChangeKind } from './kinds.ts';
import type { OneChange } from './model.ts';
import { isRegex } from './pairing.ts';
import type { Pair } from './policies.ts';
import { diffPolicies } from './policies.ts';
import type { RoutingView } from './view.ts';

type Change = (kind: ChangeKind, was: string, is: string, causes?: Pair<readonly Cause[]>) => OneChange;

/** How something differs for all requests for a host. */
export function changesFor(host: string, { before, after }: Pair<Server>): Change {
  const whose = { before: fieldsOf(before.from), after: fieldsOf(after.from) };
  return (kind, was, is, causes = whose) => ({
    kind,
    subject: host,
    route: undefined,
    before: { text: was, causes: causes.before },
    after: { text: is, causes: causes.after },
  });
}

/** What differs for all requests for a host. */
export function ofHost(servers: Pair<Server>, views: Pair<RoutingView>): readonly OneChange[] {
  const { before, after } = servers;
  const change = changesFor(after.host, servers);
  const changes: OneChange[] = [];
  const [was, is] = [before.aliases ?? [], after.aliases ?? []];
  const [lost, won] = [beyond(is, was), beyond(was, is)];
  if (lost.length > 0) changes.push(change('removed-alias', lost.join(', '), 'no such name'));
  if (won.length > 0) changes.push(change('added-alias', 'no such name', won.join(', ')));
  return [
    ...changes,
    ...heldForHost(after.host, servers, views),
    ...diffCertificates(servers, views).map(({ kind, texts }) => change(kind, ...texts)),
  ];
}

/** The same of a host, whatever servers have its requests: without their names and certificates. */
export function heldForHost(
  host: string,
  { before, after }: Pair<Server>,
  views: Pair<RoutingView>,
): readonly OneChange[] {
  const whose = { before: fieldsOf(before.from), after: fieldsOf(after.from) };
  const change = changesFor(host, { before, after });
  const changes: OneChange[] = [];
  if (isRegex(before) !== isRegex(after)) {
    const causes = {
      before: before.regexFrom === undefined ? whose.before : fieldsOf([before.regexFrom]),
      after: after.regexFrom === undefined ? whose.after : fieldsOf([after.regexFrom]),
    };
    const [plain, regex] = ['paths as they are written', 'regular expressions, regardless of case'];
    changes.push(
      isRegex(after) ? change('regex-host', plain, regex, causes) : change('plain-host', regex, plain, causes),
    );
  }
  const policies = diffPolicies('server', { before: before.policies, after: after.policies }, { views, whose });
  return [...changes, ...policies.map(found => ({ ...found, subject: host, route: undefined }))];
}
