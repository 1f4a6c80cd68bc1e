import { defineFamily } from '../annotations/family.ts';
import { reportMissingModule } from '../annotations/nginx-modules.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool, integer } from '../options/value-type.ts';

/** More than anybody waits, and what nginx can count. */
const MOST_MINUTES = 500_000;

/**
 * Variables that say where clients are, where nginx has the module.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, the lines behind UseGeoIP2.
 */
export const geoip2 = defineFamily({
  name: 'geoip2',
  annotations: {},
  options: {
    'use-geoip2': {
      type: bool,
      default: false,
      example: 'true',
      summary:
        'Whether `$geoip2_city` and others say where clients are; needs `--nginx-module geoip2`, and GeoLite2-City.mmdb and GeoLite2-ASN.mmdb in /etc/ingress-controller/geoip.',
      becomes: 'geoip2',
    } satisfies OptionSpec<boolean>,
    'geoip2-autoreload-in-minutes': {
      type: integer({ min: 0, max: MOST_MINUTES }),
      default: 0,
      example: '60',
      summary: 'After how many minutes nginx looks whether the databases of GeoIP2 have changed; 0 is never.',
      becomes: 'auto_reload',
    } satisfies OptionSpec<number>,
  },
  read: () => undefined,
  gives: {
    http(options, { hasModule, report, written }) {
      const name = 'use-geoip2';
      if (!options[name]) return undefined;
      if (!hasModule('geoip2')) {
        const lost = 'there are no variables that say where clients are';
        reportMissingModule({ module: 'geoip2', name, lost, at: written(name) }, report);
        return undefined;
      }
      return { reloadMinutes: options['geoip2-autoreload-in-minutes'] };
    },
  },
});
