import type { ControllerVersion } from '../options/controller-version.ts';
import { isBefore } from '../options/controller-version.ts';

/** A default that later versions of the controller changed. */
interface OlderDefault {
  readonly option: string;
  /** The first version with the default of today. */
  readonly until: string;
  readonly value: unknown;
}

/** Source: `NewDefault` in internal/ingress/controller/config/config.go in each release of ingress-nginx. */
const OLDER: readonly OlderDefault[] = [
  { option: 'allow-snippet-annotations', until: '1.9.0', value: true },
  { option: 'annotations-risk-level', until: '1.12.0', value: 'Critical' },
  { option: 'allow-cross-namespace-resources', until: '1.12.0', value: true },
  { option: 'strict-validate-path-type', until: '1.12.0', value: false },
  { option: 'hsts-max-age', until: '1.9.5', value: 15_724_800 },
  { option: 'keep-alive-requests', until: '1.6.4', value: 100 },
];

/** The defaults of a version that are not those of today, by option. */
export function olderDefaults(version: ControllerVersion): ReadonlyMap<string, unknown> {
  return new Map(OLDER.filter(({ until }) => isBefore(version, until)).map(({ option, value }) => [option, value]));
}
