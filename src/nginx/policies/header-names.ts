import type { HttpRenderer } from '../parts.ts';

export const renderHeaderNames: HttpRenderer<'headerNames'> = (asks, { text }) => ({
  clients: text('policies/header-names.http.conf', { ...asks }),
});
