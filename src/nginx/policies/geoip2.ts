import type { HttpRenderer } from '../parts.ts';

export const renderGeoip2: HttpRenderer<'geoip2'> = ({ reloadMinutes }, { declare, text }) => {
  declare.module('geoip2');
  return { clients: text('policies/geoip2.http.conf', { reloadMinutes }) };
};
