import type { RouteRow } from '../answers/routes.ts';

/** What clients of a route get over TLS, in words. */
export function tlsText({ tls }: RouteRow): string {
  switch (tls.kind) {
    case 'certificate':
      return tls.id;
    case 'passthrough':
      return `passthrough to ${tls.to ?? 'nobody'}`;
    case 'placeholder':
    case 'reject':
      return tls.kind;
  }
}
