import { replacementView } from './replacement.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';

export const renderBackendRedirectsOfAll: HttpRenderer<'backendRedirects'> = ({ url }, { text }) => ({
  proxy: text('policies/backend-redirects.http.conf', { url: replacementView(url) }),
});

export const renderBackendRedirects: LocationRenderer<'backendRedirects'> = ({ url }, { text }) => ({
  location: { content: text('policies/backend-redirects.conf', { url: replacementView(url) }) },
});
