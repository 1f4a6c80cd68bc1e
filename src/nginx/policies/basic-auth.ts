import { bareWord, quoteLiteral } from '../quote.ts';

import type { LocationRenderer } from '../parts.ts';

export const renderBasicAuth: LocationRenderer<'basicAuth'> = ({ realm, users }, { declare, text }) => {
  // nginx takes this realm, quoted or not, for 'no password'
  if (realm === 'off') throw new Error('the realm "off" would open the location');
  declare.once('policies/basic-auth.http.conf');
  const view = { realm: quoteLiteral(realm, declare), userFile: bareWord(passwordPath(users)) };
  return { location: { guard: text('policies/basic-auth.conf', view) } };
};

/** Where the password file of this id lies in the output folder. */
export function passwordPath(id: string): string {
  return `auth/${id}.htpasswd`;
}
