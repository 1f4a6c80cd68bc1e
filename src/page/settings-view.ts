import type { Routing } from '../routing/model.ts';
import { el, list, section } from './dom.ts';
import type { PlaceOf } from './places.ts';
import { policyElements } from './policy-list.ts';
import type { SomePolicies } from './policy-list.ts';
import { isAskedFor } from './records.ts';

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
    ...policyParts('all hosts', { ...http }, placeOf),
    ...policyParts('nginx itself', { ...main }, placeOf),
  ]);
}

/** What somebody has set, and the defaults folded away. */
function policyParts(what: string, policies: SomePolicies, placeOf: PlaceOf): readonly (HTMLElement | undefined)[] {
  const all = Object.entries(policies);
  const isSet = (applied: SomePolicies[string]): boolean => applied !== undefined && isAskedFor(applied.from);
  const set = policyElements(Object.fromEntries(all.filter(([, applied]) => isSet(applied))), placeOf);
  const defaults = policyElements(Object.fromEntries(all.filter(([, applied]) => !isSet(applied))), placeOf);
  const nothing = el('p', { class: 'muted', text: 'Everything is as it is by default.' });
  return [
    section(`Set for ${what}`, set.length === 0 ? [nothing] : set),
    defaults.length === 0
      ? undefined
      : el('details', { class: 'defaults' }, [
          el('summary', { text: `Defaults for ${what} (${defaults.length})` }),
          ...defaults,
        ]),
  ];
}
