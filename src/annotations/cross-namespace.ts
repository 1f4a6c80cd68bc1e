import type { ControllerConfig } from '../options/config.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

const NAME = 'allow-cross-namespace-resources';

/** Of all annotations that name a Secret or a ConfigMap: `mayUse` of `ReadContext` says what it comes to. */
export const crossNamespaceOption = {
  [NAME]: {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether annotations may name Secrets and ConfigMaps of other namespaces.',
    becomes: '',
  } satisfies OptionSpec<boolean>,
};

/** Whether annotations of a namespace may name what lies in another one. */
export function allowsCrossNamespace({ values }: ControllerConfig): boolean {
  return values[NAME] === true;
}
