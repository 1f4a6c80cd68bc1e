import type { LocationRenderer } from '../parts.ts';

export const renderSatisfy: LocationRenderer<'satisfy'> = ({ isOneEnough }, { text }) =>
  isOneEnough ? { location: { access: text('policies/satisfy.conf', {}) } } : {};
