import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { TextTest } from '../routing/text-test.ts';
import { distinct, textTests } from './text-tests.ts';

type Tests = readonly TextTest[] | 'everybody';

/**
 * Who is kept out of all hosts by the headers of the request.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, block_ua and block_ref.
 */
export const blocked = defineFamily({
  name: 'blocked',
  annotations: {},
  options: {
    'block-user-agents': {
      type: textTests,
      default: [],
      ifRefused: 'everybody',
      example: 'BadBot,~*curl',
      summary: 'Keeps out (403) requests with these User-Agent headers, on all hosts.',
      becomes: 'map, return 403',
    } satisfies OptionSpec<Tests>,
    'block-referers': {
      type: textTests,
      default: [],
      ifRefused: 'everybody',
      example: '~*spam\\.example',
      summary: 'Keeps out (403) requests with these Referer headers, on all hosts.',
      becomes: 'map, return 403',
    } satisfies OptionSpec<Tests>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      const { 'block-user-agents': userAgents, 'block-referers': referers } = options;
      if (userAgents === 'everybody' || referers === 'everybody')
        return { userAgents: [], referers: [], isEverybody: true };
      if (userAgents.length + referers.length === 0) return undefined;
      return { userAgents: distinct(userAgents), referers: distinct(referers), isEverybody: false };
    },
  },
});
