import { bareWord, quoteLiteral } from '../quote.ts';

import type { HttpNeeds, Quoted } from '../quote.ts';
import type { BasicAuth } from '../../routing/policies/basic-auth.ts';

export type BasicAuthView = Readonly<{ realm: Quoted; userFile: Quoted }>;

export function basicAuthView(policy: BasicAuth, needs: HttpNeeds): BasicAuthView {
  // nginx takes this realm, quoted or not, for 'no password'
  if (policy.realm === 'off') throw new Error('the realm "off" would open the location');
  needs.add('backendAuthorization');
  return { realm: quoteLiteral(policy.realm, needs), userFile: bareWord(passwordPath(policy.users)) };
}

/** Where the password file of this id lies in the output folder. */
export function passwordPath(id: string): string {
  return `auth/${id}.htpasswd`;
}
