import { shortHash } from '../cluster/object-name.ts';
import type { Variant } from './known-backends.ts';

/**
 * Two backends can come to one name (`a-b`/`c` and `a`/`b-c`): who asks first has it, others get a hash. Kubernetes
 * names hold no underscore, so that nobody can take such a name on purpose.
 */
export function giveNames(): (variant: Variant) => string {
  const holders = new Map<string, Variant>();
  return variant => {
    const plain = variant.plainName;
    let name = plain;
    for (;;) {
      const holder = holders.get(name);
      if (holder === variant) return name;
      if (holder === undefined) break;
      name = `${plain}_${shortHash(`${name} ${variant.key}`)}`;
    }
    holders.set(name, variant);
    return name;
  };
}
