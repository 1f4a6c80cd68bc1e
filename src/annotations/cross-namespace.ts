import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

/** Of all annotations that name a Secret or a ConfigMap. */
export const crossNamespace: OptionSpec<boolean> = {
  type: bool,
  default: false,
  example: 'true',
  summary: 'Whether annotations may name Secrets and ConfigMaps of other namespaces.',
  becomes: '',
};
