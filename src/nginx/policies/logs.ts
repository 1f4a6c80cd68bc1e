import type { LocationRenderer } from '../parts.ts';

export const renderLogs: LocationRenderer<'logs'> = (asks, { text }) => ({
  location: { always: text('policies/logs.conf', { ...asks }) },
});
