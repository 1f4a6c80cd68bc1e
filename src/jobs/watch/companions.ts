import type { CompileSettings } from '../../compile/settings.ts';
import type { Failure } from '../../diagnostics/failure.ts';
import type { Loaded } from '../loaded.ts';
import type { Companion, CompanionOpening } from './companion.ts';
import { openForwardCompanion } from './forward-companion.ts';
import { openPublishCompanion } from './publish-companion.ts';
import type { WatchRequest } from './request.ts';
import type { WatchSession } from './session.ts';

/** All of them as one. */
export interface Companions {
  readonly kind: 'open';
  readonly settings: () => Partial<CompileSettings>;
  readonly isReady: (loaded: Loaded) => boolean;
  readonly onServed: (loaded: Loaded) => void;
  readonly close: () => Promise<void>;
}

/** Each looks at the request; undefined when it is not asked for. */
const OPENERS: readonly ((session: WatchSession, request: WatchRequest) => Promise<CompanionOpening | undefined>)[] = [
  openForwardCompanion,
  openPublishCompanion,
];

/** Opens those that are asked for. */
export async function openCompanions(session: WatchSession, request: WatchRequest): Promise<Companions | Failure> {
  const companions: Companion[] = [];
  const close = async (): Promise<void> => {
    for (const companion of companions.toReversed()) await companion.close();
  };
  for (const open of OPENERS) {
    const opening = await open(session, request);
    if (opening?.kind === 'failed') {
      await close();
      return opening;
    }
    if (opening !== undefined) companions.push(opening.companion);
  }
  return {
    kind: 'open',
    settings: () => Object.assign({}, ...companions.map(companion => companion.settings?.() ?? {})),
    // Each is asked, so that all begin to fetch what they need at once.
    isReady: loaded => companions.map(companion => companion.isReady?.(loaded) ?? true).every(Boolean),
    onServed(loaded) {
      for (const companion of companions) companion.onServed?.(loaded);
    },
    close,
  };
}
