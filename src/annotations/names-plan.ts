import type { RedirectCode } from '../routing/model.ts';
import type { Askers } from '../routing/policies.ts';
import type { FamilyPlan } from './family-plan.ts';

/** Further names of the hosts of an Ingress. */
export interface Aliases {
  readonly names: readonly string[];
  readonly from: Askers;
}

/** The redirect of the other name of its hosts, with `www.` or without. */
export interface WwwRedirect {
  readonly code: RedirectCode;
  readonly from: Askers;
}

export function aliasesOf(plans: readonly FamilyPlan[]): Aliases | undefined {
  for (const { family, asked, from } of plans) {
    const names = family.gives.aliases?.(asked) ?? [];
    if (names.length > 0) return { names, from };
  }
  return undefined;
}

export function wwwOf(plans: readonly FamilyPlan[]): WwwRedirect | undefined {
  for (const { family, asked, from } of plans) {
    const code = family.gives.www?.(asked);
    if (code !== undefined) return { code, from };
  }
  return undefined;
}
