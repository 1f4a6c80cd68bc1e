import type { Location } from './model.ts';

/**
 * Whether a location has error pages because an option asks for them. The controller has those in http{}, so that they
 * hold for what a server answers before it has chosen a location.
 */
export function arePagesOfAll(location: Location | undefined): boolean {
  return location?.policies.customErrors?.from.some(({ by }) => by === 'option') ?? false;
}
