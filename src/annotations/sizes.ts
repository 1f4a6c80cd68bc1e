import type { ReadContext } from './family.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { trimmed } from '../options/value-type.ts';
import { annotationRef } from './annotation-ref.ts';
import { invalidAnnotationValue } from './rules/annotations.ts';

/**
 * What the controller lets pass as a size: blanks count nowhere, and nginx takes not all of it. Where it does not, the
 * controller writes no directive.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go, SizeRegex, and
 * internal/ingress/controller/template/template.go, isValidByteSize.
 */
const PASSES = /^\d+[bkmg]?$/i;

/** The text of an annotation, which `takenSize` reads. What the controller refuses, it refuses as `type` does. */
export function passedSize(type: ValueType<string>): ValueType<string> {
  const strict = trimmed(type);
  const parse = (text: string): Parsed<string> =>
    PASSES.test(text.replaceAll(' ', '')) ? { ok: true, value: text } : strict.parse(text);
  return { ...strict, parse };
}

/** The size that nginx takes; undefined, and said, where the controller would leave it to nginx. */
export function takenSize(
  type: ValueType<string>,
  name: string,
  text: string,
  { ingress, report }: Pick<ReadContext<unknown>, 'ingress' | 'report'>,
): string | undefined {
  const parsed = trimmed(type).parse(text);
  if (parsed.ok) return parsed.value;
  report({
    rule: invalidAnnotationValue,
    message: `${name}: "${text}" ${parsed.problem}`,
    at: annotationRef(ingress, name),
    ...(parsed.help === undefined ? {} : { help: parsed.help }),
  });
  return undefined;
}
