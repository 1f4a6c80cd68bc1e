import type { Difference, OptionSpec } from '../options/option.ts';
import { authUrlOfOption } from './external-auth-values.ts';

/** What is otherwise than in the controller, whoever names the service. */
export const urlDiffers: readonly Difference<string>[] = [
  { says: 'forwarded headers that a client sends (X-Forwarded-Host and others) do not reach the auth service' },
  {
    says: 'a URL without a path asks for /',
    where: url => /^[^:]*:\/\/[^/?]*$/.test(url),
  },
  {
    says: 'nginx asks itself for the host of the request, without DNS',
    where: url => /^https?:\/\/\$(?:host|http_host|best_http_host|server_name)(?:[/?]|$)/.test(url),
  },
];

/** Stands for a URL that cannot be read: nobody gets in. */
const REFUSED = 'refused';

/** The service of all, unless an Ingress names another. */
export const globalAuthUrl: OptionSpec<string> = {
  type: authUrlOfOption,
  default: '',
  ifRefused: REFUSED,
  example: 'http://auth.shop.svc.cluster.local/verify',
  summary: 'Asks this service whether a request to any host may pass, unless the Ingress has an `auth-url` of its own.',
  becomes: 'auth_request',
  differs: urlDiffers,
};
