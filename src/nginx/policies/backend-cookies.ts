import { replacementView } from './replacement.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { View } from '../view.ts';
import type { BackendCookies } from '../../routing/policies/backend-cookies.ts';

export const renderBackendCookiesOfAll: HttpRenderer<'backendCookies'> = (asks, { text }) => ({
  proxy: text('policies/backend-cookies.http.conf', cookiesView(asks)),
});

export const renderBackendCookies: LocationRenderer<'backendCookies'> = (asks, { text }) => ({
  location: { content: text('policies/backend-cookies.conf', cookiesView(asks)) },
});

function cookiesView({ domain, path }: Partial<BackendCookies>): View {
  return { domain: replacementView(domain), path: replacementView(path) };
}
