import { isCount, isListOf, isRecord, isText } from '../../json/value.ts';
import type { RouteRow } from '../../answers/routes.ts';
import type { ShareAnswer } from '../../answers/shares.ts';

/** Whether a value, read from a file, is a route as `routes` and `status` show it. */
export function isRouteRow(value: unknown): value is RouteRow {
  if (!isRecord(value)) return false;
  const { host, match, path, target, tls, policies, ingress } = value;
  return (
    isText(host) &&
    (match === 'exact' || match === 'prefix' || match === 'regex') &&
    isText(path) &&
    isTarget(target) &&
    isTls(tls) &&
    isListOf(isText, policies) &&
    (ingress === undefined || isText(ingress))
  );
}

function isTarget(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, name, code, to, decidedBy, shares } = value;
  switch (kind) {
    case 'upstream':
      return isText(name);
    case 'split':
      return isText(name) && isListOf(isText, decidedBy) && isListOf(isShare, shares);
    case 'redirect':
      return isCount(code) && isRecord(to) && isText(to['kind'] === 'url' ? to['url'] : to['host']);
    default:
      return kind === 'status' && isCount(code);
  }
}

function isShare(value: unknown): value is ShareAnswer {
  return isRecord(value) && isText(value['upstream']) && typeof value['percent'] === 'number';
}

function isTls(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, id, to } = value;
  if (kind === 'passthrough') return to === undefined || isText(to);
  return kind === 'certificate' ? isText(id) : kind === 'placeholder' || kind === 'reject';
}
