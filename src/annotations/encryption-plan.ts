import type { Askers } from '../routing/policies.ts';
import type { Encryption } from './encryption.ts';
import type { FamilyPlan } from './family-plan.ts';

/** What an Ingress asks for, and by which annotations. */
export interface AskedEncryption extends Encryption {
  readonly from: Askers;
}

export function encryptionOf(plans: readonly FamilyPlan[]): AskedEncryption | undefined {
  for (const { family, asked, from } of plans) {
    const encryption = family.gives.encryption?.(asked);
    if (encryption !== undefined) return { ...encryption, from };
  }
  return undefined;
}
