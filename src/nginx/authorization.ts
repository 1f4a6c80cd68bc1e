import { variable } from './quote.ts';

import type { HeaderSet } from './declarations.ts';
import type { Header } from './headers.ts';

/** What basic-auth has left of it; see templates/policies/basic-auth.http.conf. */
export const AUTHORIZATION: Header = { name: 'Authorization', value: variable('backend_authorization') };

/** Whether a set says what becomes of the password. */
export function setsAuthorization({ of, headers }: Pick<HeaderSet, 'of' | 'headers'>): boolean {
  return of === 'request' && headers.some(({ name }) => name.toLowerCase() === 'authorization');
}
