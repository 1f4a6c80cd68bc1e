import type { LimitRate } from '../../../routing/policies/limit-rate.ts';
import { askerText } from '../asking.ts';
import type { Explainer } from '../explainer.ts';

export const explainLimitRate: Explainer<Partial<LimitRate>> = {
  phase: 'content',
  explain({ asks: { kilobytesPerSecond = 0, afterKilobytes = 0 }, from }) {
    if (kilobytesPerSecond === 0) return [];
    const after = afterKilobytes === 0 ? '' : `, after the first ${afterKilobytes} KiB`;
    const text = `the response is sent at ${kilobytesPerSecond} KiB a second at most${after} (${askerText(from[0])})`;
    return [{ name: 'response', verdict: 'changed', text }];
  },
};
