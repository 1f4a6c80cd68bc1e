import { hash } from 'node:crypto';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { IdentityContext } from '../diagnostics/identity.ts';
import { identityOf, numbering } from '../diagnostics/identity.ts';

/** A finding that another run, and the programs that read what it reports, know again. */
export interface Fingerprinted extends Diagnostic {
  /** 64 digits and letters, another one for each finding of a run. */
  readonly fingerprint: string;
}

/**
 * Gives each finding its fingerprint. It stays the same when lines, list items, documents or objects move, and on another
 * machine. Of findings that are equal in all that counts, the first one has the first fingerprint.
 *
 * @param diagnostics none of them twice
 */
export function withFingerprints(
  diagnostics: readonly Diagnostic[],
  context: IdentityContext,
): readonly Fingerprinted[] {
  const numbered = numbering();
  return diagnostics.map(found => ({
    ...found,
    fingerprint: hash('sha256', numbered(identityOf(found, context)), 'hex'),
  }));
}
