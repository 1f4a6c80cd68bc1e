import type { LocationRenderer } from '../parts.ts';

export const renderSatisfy: LocationRenderer<'satisfy'> = ({ isOneEnough }, { text }) =>
  isOneEnough ? { location: { guard: text('policies/satisfy.conf', {}) } } : {};
