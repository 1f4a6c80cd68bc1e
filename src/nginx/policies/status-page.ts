import { bareWord } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderStatusPage: HttpRenderer<'statusPage'> = ({ readers }, { text }) => ({
  defaultServer: {
    path: '/nginx_status',
    lines: text('policies/status-page.conf', { readers: readers.map(bareWord) }),
  },
});
