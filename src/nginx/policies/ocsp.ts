import type { HttpRenderer } from '../parts.ts';

/** A server with the placeholder switches it off again: nobody vouches for that. */
export const renderOcsp: HttpRenderer<'ocsp'> = (_, { text }) => ({ tls: text('policies/ocsp.http.conf', {}) });
