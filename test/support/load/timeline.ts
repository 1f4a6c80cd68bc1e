import type { Variant } from './variants.ts';

/** Which variants may have been served, when. */
export interface Timeline {
  /** A good input is about to be applied. */
  readonly begins: (variant: Variant) => void;
  /** It is served: from now on nothing else is. */
  readonly isServed: () => void;
  /** Those that may answer a request that was sent and answered then (milliseconds since 1970). */
  readonly during: (sentAt: number, answeredAt: number) => readonly Variant[];
}

interface Era {
  readonly variant: Variant;
  readonly from: number;
  until: number;
}

/**
 * An old worker still answers what it has accepted when the new ones are there: a connection that waited in its queue, a
 * kept one whose request was on its way.
 */
const LAST_ANSWERS_MS = 500;

export function openTimeline(first: Variant): Timeline {
  const eras: Era[] = [{ variant: first, from: 0, until: Number.POSITIVE_INFINITY }];
  return {
    begins: variant => void eras.push({ variant, from: Date.now(), until: Number.POSITIVE_INFINITY }),
    isServed() {
      const now = Date.now();
      for (const era of eras.slice(0, -1)) era.until = Math.min(era.until, now + LAST_ANSWERS_MS);
    },
    during: (sentAt, answeredAt) =>
      eras.filter(era => era.from <= answeredAt && sentAt <= era.until).map(era => era.variant),
  };
}
