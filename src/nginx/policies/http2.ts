import type { HttpRenderer } from '../parts.ts';

/** Whether it is offered at all stands with the listeners: older versions of nginx say it there. */
export const renderHttp2: HttpRenderer<'http2'> = ({ isOffered, maxStreams }, { text }) =>
  isOffered ? { tls: text('policies/http2.http.conf', { maxStreams }) } : {};
