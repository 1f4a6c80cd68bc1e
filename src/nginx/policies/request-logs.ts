import type { LocationRenderer } from '../parts.ts';

export const renderRequestLogs: LocationRenderer<'requestLogs'> = (asks, { text }) => ({
  location: { always: text('policies/request-logs.conf', { ...asks }) },
});
