import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';

export const renderHttpVersionOfAll: HttpRenderer<'httpVersion'> = ({ version }, { text }) => ({
  proxy: text('policies/http-version.http.conf', { version: bareWord(version) }),
});

export const renderHttpVersion: LocationRenderer<'httpVersion'> = ({ version }, { text }) => ({
  location: { content: text('policies/http-version.conf', { version: bareWord(version) }) },
});
