import type { Variant } from './variants.ts';

/** Which variants may have been served, when. */
export interface Timeline {
  /** A good input is about to be applied. */
  readonly begins: (variant: Variant) => void;
  /** It is served: from now on nothing else is. */
  readonly isServed: () => void;
  /** Those that may answer a request that was sent and answered then. */
  readonly during: (sentAt: number, answeredAt: number) => readonly Variant[];
}

/** A moment, in milliseconds, by a clock that never goes back. */
export const moment = (): number => performance.now();

interface Era {
  readonly variant: Variant;
  readonly from: number;
  until: number;
}

export function openTimeline(first: Variant): Timeline {
  const eras: Era[] = [{ variant: first, from: 0, until: Number.POSITIVE_INFINITY }];
  return {
    begins: variant => void eras.push({ variant, from: moment(), until: Number.POSITIVE_INFINITY }),
    isServed() {
      const now = moment();
      for (const era of eras.slice(0, -1)) era.until = Math.min(era.until, now);
    },
    during: (sentAt, answeredAt) =>
      eras.filter(era => era.from <= answeredAt && sentAt <= era.until).map(era => era.variant),
  };
}
