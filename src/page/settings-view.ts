import type { Routing } from '../routing/model.ts';
import { el, list, section } from './dom.ts';
import type { PlaceOf } from './places.ts';
import { policyElements } from './policy-list.ts';

/** What holds for all hosts. */
export function createSettingsView(
  { listeners, resolvers, http, main, defaultCertificate }: Routing,
  placeOf: PlaceOf,
): HTMLElement {
  const certificate = defaultCertificate.kind === 'certificate' ? defaultCertificate.id : defaultCertificate.kind;
  const facts = [
    `HTTP port ${listeners.httpPort}, HTTPS port ${listeners.httpsPort}, on ${listeners.addresses.join(', ')}`,
    `Default certificate: ${certificate}`,
    ...(resolvers.length === 0 ? [] : [`DNS servers: ${resolvers.join(', ')}`]),
  ];
  return el('div', { class: 'settings' }, [
    section('Listeners', [list(facts.map(text => el('span', { text })))]),
    section('Policies of all hosts', policyElements({ ...http }, placeOf)),
    section('Policies of nginx itself', policyElements({ ...main }, placeOf)),
  ]);
}
