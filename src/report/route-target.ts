import type { RouteRow } from '../answers/routes.ts';

/** Where a route leads, in words. */
export function targetText({ target }: RouteRow): string {
  switch (target.kind) {
    case 'upstream':
      return target.name;
    case 'status':
      return `${target.code} (${target.reason})`;
    case 'redirect':
      return `${target.code} to ${target.to.kind === 'url' ? target.to.url : `the same URL of ${target.to.host}`}`;
    case 'split': {
      const shares = target.shares.map(({ upstream, percent }) => `${upstream} ${percent}%`).join(', ');
      return target.decidedBy.length === 0 ? shares : `${shares}, after ${target.decidedBy.join(', ')}`;
    }
  }
}
