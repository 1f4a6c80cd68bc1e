import { listed } from '../../../diagnostics/words.ts';
import type { Destination, Routing } from '../../../routing/model.ts';
import type { CustomErrors } from '../../../routing/policies/custom-errors.ts';
import { askerNamed, askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';

const MOST_STATUSES = 10;

export const explainCustomErrors: Explainer<CustomErrors> = {
  phase: 'content',
  explain({ asks: { statuses, intercepts, to, isStandIn, source }, from }, { routing }) {
    const name = 'errors';
    const standIn = isStandIn
      ? ([
          {
            name,
            verdict: 'chose',
            text: `no endpoint of Service ${source.namespace}/${source.service} is ready: the default backend answers in its place (${askerText(askerNamed(from, /default-backend/))})`,
            details: ['it is told the error 503 in X-Code'],
          },
        ] as const)
      : [];
    if (statuses.length === 0 || !intercepts) return standIn;
    const asker = askerText(askerNamed(from, /errors/));
    const by = to === undefined ? 'with 404, since nobody makes error pages' : `by ${pageText(to, routing)}`;
    const text = `if the backend answers ${listed(statuses.map(String), MOST_STATUSES, 'or')}, it is answered ${by} (${asker})`;
    return [...standIn, { name, verdict: 'passed', text }];
  },
};

/** Who makes the pages. */
function pageText({ name }: Destination, { upstreams }: Routing): string {
  const service = upstreams.find(upstream => upstream.name === name)?.service;
  return service === undefined ? 'the backend of error pages' : `Service ${service}, which makes error pages`;
}
