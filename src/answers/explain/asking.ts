import { objectText } from '../../diagnostics/place.ts';
import type { Asker, Askers } from '../../routing/policies.ts';
import type { Cause } from './model.ts';

/** Who asks for something, as causes of a step. */
export function causesOf(from: readonly Asker[]): readonly Cause[] {
  return from.map(asker => ({ kind: 'asker', asker }));
}

/** `whitelist-source-range of Ingress shop/web`, `the option denylist-source-range`: what somebody has to change. */
export function askerText(asker: Asker): string {
  switch (asker.by) {
    case 'annotation':
      return `${asker.name} of ${objectText(asker.at.resource)}`;
    case 'option':
      return `the option ${asker.name}`;
    case 'default':
      return `the default of ${asker.name}`;
  }
}

/** The asker of a policy whose name fits, else the first. */
export function askerNamed(from: Askers, names: RegExp): Asker {
  return from.find(({ name }) => names.test(name)) ?? from[0];
}
