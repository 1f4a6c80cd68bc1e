import type { HttpRenderer, LocationRenderer } from '../parts.ts';

export const renderRedirects: LocationRenderer<'redirects'> = ({ isRelative, namesPort }, { text }) => ({
  location: { always: text('policies/redirects.conf', { isRelative, namesPort }) },
});

export const renderRedirectsOfAll: HttpRenderer<'redirects'> = (_, { text }) => ({
  clients: text('policies/redirects.http.conf', {}),
});
