import type { PlacedCause } from '../answers/explain/placed.ts';

/** `Ingress shop/web, annotation rewrite-target  shop.yaml:12:7` */
export function causeText({ object, asker, at }: PlacedCause): string {
  const name =
    asker === undefined
      ? []
      : [asker.by === 'default' ? `option ${asker.name} (its default)` : `${asker.by} ${asker.name}`];
  const who = [...(object === undefined ? [] : [object]), ...name].join(', ');
  return at === undefined ? who : `${who}  ${at.file}:${at.line}:${at.column}`;
}
