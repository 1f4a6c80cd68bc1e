import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { NginxModuleName } from '../options/nginx-modules.ts';
import { missingNginxModule } from './rules/nginx-modules.ts';

/** What people call the modules. */
const TITLES: { readonly [N in NginxModuleName]: string } = {
  brotli: 'Brotli',
  geoip2: 'GeoIP2',
  modsecurity: 'ModSecurity',
  opentelemetry: 'OpenTelemetry',
  stream: 'TCP and UDP',
};

/** What is said of an annotation or option for which nginx has no module. */
interface Missing {
  readonly module: NginxModuleName;
  /** Of the annotation or option. */
  readonly name: string;
  /** A clause: what does not happen. */
  readonly lost: string;
  readonly at: Finding['at'];
  /** Where it keeps somebody out, another rule than that for all others. */
  readonly rule?: Finding['rule'];
}

export function reportMissingModule(
  { module, name, lost, at, rule = missingNginxModule }: Missing,
  report: Report,
): void {
  const message = `${name}: stock nginx has no module for ${TITLES[module]}: ${lost}`;
  const help = `use --nginx-module ${module} if nginx has it`;
  report({ rule, message, help, ...(at === undefined ? {} : { at }) });
}
