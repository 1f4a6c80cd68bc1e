import { listAt, textAt } from '../../json/fields.ts';
import type { KubeApi, NoAnswer } from './api.ts';
import type { ApiType, Served } from './api-types.ts';
import { groupPath } from './api-types.ts';

export type Discovery =
  | { readonly kind: 'served'; readonly form: Served }
  /** The server has no form of it. */
  | { readonly kind: 'absent' }
  | NoAnswer;

/**
 * The best form of a type that the server offers. A server can have a version of a group and yet not this type in it.
 * Types of the core are always there.
 */
export async function findForm(api: KubeApi, { forms }: ApiType, signal: AbortSignal): Promise<Discovery> {
  for (const form of forms) {
    if (form.apiVersion === 'v1') return { kind: 'served', form };
    const answer = await api.request({ method: 'GET', path: groupPath(form.apiVersion), signal });
    if (answer.kind === 'ok' && isListed(answer.value, form)) return { kind: 'served', form };
    if (answer.kind === 'unreachable' || (answer.kind === 'refused' && answer.code !== 404)) return answer;
  }
  return { kind: 'absent' };
}

function isListed(value: unknown, { plural }: Served): boolean {
  return listAt(value, 'resources').some(resource => textAt(resource, 'name') === plural);
}
