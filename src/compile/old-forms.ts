import { reportOlderNames } from '../annotations/older-names.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Fix } from '../diagnostics/fix.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { CLASS_ANNOTATION, refOf } from '../resources/model.ts';
import { isName } from '../resources/names.ts';
import { classAnnotation } from './rules/selection.ts';
import type { CompileSettings } from './settings.ts';

/** What is known of classes. */
type Classes = Pick<Cluster, 'classes'>;

/** Says of Ingresses what in them is written as it was in earlier days, and works all the same. */
export function reportOldForms(
  ours: readonly Ingress[],
  cluster: Classes,
  settings: CompileSettings,
  report: Report,
): void {
  for (const ingress of ours) {
    if (ingress.isRefused) continue;
    reportClassAnnotation(ingress, cluster, settings, report);
    reportOlderNames(ingress, settings.controllerVersion, report);
  }
}

function reportClassAnnotation(ingress: Ingress, cluster: Classes, settings: CompileSettings, report: Report): void {
  const name = ingress.annotations[CLASS_ANNOTATION];
  if (name === undefined || ingress.ingressClassName !== undefined) return;
  const fix = fieldInstead(ingress, name, cluster, settings);
  report({
    rule: classAnnotation,
    message: `the annotation "${CLASS_ANNOTATION}" is deprecated`,
    help: `write \`ingressClassName: ${name}\` in \`spec\` instead`,
    at: keyOf(refOf(ingress, 'metadata', 'annotations', CLASS_ANNOTATION)),
    ...(fix === undefined ? {} : { fix }),
  });
}

/** Of the annotation the controller compares the text; of the field, the controller of the class that has that name. */
function fieldInstead(
  ingress: Ingress,
  name: string,
  { classes }: Classes,
  settings: CompileSettings,
): Fix | undefined {
  const found = classes.get(name);
  const { ingressClass, controllerClass, isClassAssumed } = settings;
  const isOurs = name === ingressClass && isClassAssumed !== true;
  const isSame = found === undefined ? isOurs : found.controller === controllerClass;
  if (!isSame || !isName('dns-name', name)) return undefined;
  const at = refOf(ingress, 'metadata', 'annotations', CLASS_ANNOTATION);
  return {
    title: `write \`ingressClassName: ${name}\``,
    effect: 'same',
    edits: [{ kind: 'move', at, to: ['spec'], key: 'ingressClassName' }],
  };
}
