import type { Applied } from '../../../routing/policies.ts';
import type { BodySize } from '../../../routing/policies/body-size.ts';
import { askerText } from '../asking.ts';
import type { AtServer, Effect, Explainer } from '../explainer.ts';
import { headerOf } from '../request-headers.ts';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

export const explainBodySize: Explainer<BodySize> = { phase: 'always', explain: checkBody };

/** Also in a location of a snippet, for which the size for all hosts counts. */
export function checkBody(
  { asks: { size, bytes }, from }: Applied<BodySize>,
  { request, routing }: Pick<AtServer, 'request' | 'routing'>,
): readonly Effect[] {
  const sent = headerOf('Content-Length', request, routing) ?? '';
  const length = /^\d+$/.test(sent) ? Number(sent) : undefined;
  const asker = askerText(from[0]);
  if (length === undefined) {
    if (!WITH_BODY.has(request.method) || bytes === 0) return [];
    const text = `the body is taken to have ${size} at most (${asker})`;
    const details = ['a larger one is answered with 413; tell its length with -H "Content-Length: …"'];
    return [{ name: 'body', verdict: 'assumed', text, details }];
  }
  if (length === 0) return [];
  if (bytes === 0 || length <= bytes) {
    const limit = bytes === 0 ? 'there is no limit' : `${size} are allowed`;
    return [{ name: 'body', verdict: 'passed', text: `a body of ${length} bytes: ${limit} (${asker})` }];
  }
  const reason = `a body of ${length} bytes is larger than ${size} (${bytes} bytes), ${asker}`;
  return [
    {
      name: 'body',
      verdict: 'answered',
      text: reason,
      answer: { status: 413, reason },
      advice: [
        `Set proxy-body-size: ${enough(length)} or more, as an annotation of the Ingress or in the data of the controller's ConfigMap`,
      ],
    },
  ];
}

/** The next size in whole megabytes, as people write it. */
function enough(bytes: number): string {
  return `"${Math.ceil(bytes / 1_048_576)}m"`;
}
