import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { LimitRate } from '../../routing/policies/limit-rate.ts';

export const renderLimitRateOfAll: HttpRenderer<'limitRate'> = (asks, { text }) => ({
  clients: text('policies/limit-rate.http.conf', rateView(asks)),
});

export const renderLimitRate: LocationRenderer<'limitRate'> = (asks, { text }) => ({
  location: { content: text('policies/limit-rate.conf', rateView(asks)) },
});

function rateView({ kilobytesPerSecond, afterKilobytes }: Partial<LimitRate>): View {
  return { rate: size(kilobytesPerSecond), after: size(afterKilobytes) };
}

function size(kilobytes: number | undefined): Quoted | undefined {
  return kilobytes === undefined ? undefined : bareWord(`${kilobytes}k`);
}
