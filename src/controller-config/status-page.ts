import { defineFamily } from '../annotations/family.ts';
import { networksOfOption } from '../options/networks.ts';
import type { OptionSpec } from '../options/option.ts';

type Readers = readonly string[] | 'nobody';

const PAGE = 'the page `/nginx_status` of the default server';

/**
 * Who reads the counters of nginx. The controller always has the page; here it is only for those who ask for it.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, the location /nginx_status.
 */
export const statusPage = defineFamily({
  name: 'statusPage',
  annotations: {},
  options: {
    'nginx-status-ipv4-whitelist': {
      type: networksOfOption,
      default: ['127.0.0.1'],
      ifRefused: 'nobody',
      example: '127.0.0.1,10.0.0.0/8',
      summary: `The IPv4 clients that may read ${PAGE}; there is one if this or the other option is set.`,
      becomes: 'stub_status, allow',
    } satisfies OptionSpec<Readers>,
    'nginx-status-ipv6-whitelist': {
      type: networksOfOption,
      default: ['::1'],
      ifRefused: 'nobody',
      example: '::1',
      summary: `The IPv6 clients that may read ${PAGE}.`,
      becomes: 'stub_status, allow',
    } satisfies OptionSpec<Readers>,
  },
  read: () => undefined,
  gives: {
    http(options, { written }) {
      const lists = [options['nginx-status-ipv4-whitelist'], options['nginx-status-ipv6-whitelist']] as const;
      const isAsked = lists.includes('nobody') || statusNames.some(name => written(name) !== undefined);
      return isAsked ? { readers: lists.flatMap(list => (list === 'nobody' ? [] : list)) } : undefined;
    },
  },
});

const statusNames = ['nginx-status-ipv4-whitelist', 'nginx-status-ipv6-whitelist'] as const;
