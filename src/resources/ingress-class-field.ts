import { metadataOf } from './metadata.ts';
import { CLASS_ANNOTATION } from './model.ts';
import { isGiven, objectOf } from './plain.ts';
import { classAndAnnotation } from './rules/ingress.ts';
import type { Subject } from './subject.ts';

/** Says of an Ingress that it names its class in both ways. The field counts then, whatever the annotation says. */
export function checkClass({ value, complain }: Subject): void {
  const { ingressClassName } = objectOf(value['spec']);
  if (!isGiven(ingressClassName) || !Object.hasOwn(objectOf(metadataOf(value)['annotations']), CLASS_ANNOTATION))
    return;
  const path = ['metadata', 'annotations', CLASS_ANNOTATION];
  complain({
    rule: classAndAnnotation,
    message: `this Ingress names its class twice: in \`ingressClassName\` and in the annotation "${CLASS_ANNOTATION}"`,
    help: 'remove the annotation',
    path,
    fix: { title: `remove the annotation ${CLASS_ANNOTATION}`, effect: 'same', edits: [{ kind: 'remove', at: path }] },
  });
}
