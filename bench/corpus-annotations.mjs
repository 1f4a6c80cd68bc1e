// @ts-check

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** A Secret with passwords, which stands in each namespace. */
export const PASSWORDS_SECRET = 'staff';

/**
 * What an Ingress may carry besides its paths; the empty ones make a plain Ingress the most frequent.
 * @type {readonly [object, ...object[]]}
 */
export const ANNOTATIONS = [
  {},
  {},
  {},
  {},
  { [`${PREFIX}ssl-redirect`]: 'false' },
  { [`${PREFIX}force-ssl-redirect`]: 'true' },
  {
    [`${PREFIX}auth-type`]: 'basic',
    [`${PREFIX}auth-secret`]: PASSWORDS_SECRET,
    [`${PREFIX}auth-realm`]: 'Staff only',
  },
];

/** Five that many real Ingresses have. */
export const FIVE_ANNOTATIONS = {
  [`${PREFIX}proxy-body-size`]: '8m',
  [`${PREFIX}proxy-read-timeout`]: '600',
  [`${PREFIX}enable-cors`]: 'true',
  [`${PREFIX}whitelist-source-range`]: '10.0.0.0/8,192.168.0.0/16',
  [`${PREFIX}limit-rps`]: '10',
};
