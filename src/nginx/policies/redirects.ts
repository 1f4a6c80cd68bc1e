import type { HttpRenderer, LocationRenderer } from '../parts.ts';

export const renderRedirects: LocationRenderer<'redirects'> = (_, { text }) => ({
  location: { always: text('policies/redirects.conf', {}) },
});

export const renderRedirectsOfAll: HttpRenderer<'redirects'> = (_, { text }) => ({
  clients: text('policies/redirects.http.conf', {}),
});
