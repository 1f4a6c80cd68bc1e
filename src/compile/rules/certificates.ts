import type { Rule } from '../../diagnostics/rule.ts';

export const missingCertificate = {
  id: 'I2N410',
  name: 'missing-certificate',
  severity: 'warning',
  isConditional: true,
  summary: 'A TLS Secret that is not in the input, or contains no certificate; the default certificate is used.',
  why: 'The controller uses its default certificate as well; browsers warn.',
} as const satisfies Rule;

export const unusableCertificate = {
  id: 'I2N411',
  name: 'unusable-certificate',
  severity: 'warning',
  summary:
    'A TLS Secret that nginx cannot use, such as one whose key belongs to another certificate; the default certificate is used. A chain that is cut off is used as far as it goes.',
  why: 'nginx would reject the whole configuration, or every handshake of the host.',
} as const satisfies Rule;

export const certificateForOtherHost = {
  id: 'I2N412',
  name: 'certificate-for-other-host',
  severity: 'warning',
  summary: 'A certificate that does not cover its host; the default certificate is used.',
  why: 'The controller uses its default certificate as well.',
} as const satisfies Rule;

export const certificateDates = {
  id: 'I2N413',
  name: 'certificate-dates',
  severity: 'warning',
  isConditional: true,
  summary: 'A certificate that has expired or is not valid yet. It is used all the same, as in the controller.',
  why: 'Clients reject it.',
} as const satisfies Rule;

export const unusedCertificate = {
  id: 'I2N416',
  name: 'unused-certificate',
  severity: 'warning',
  summary: 'A Secret under `tls` that is used for no host, because another entry or Ingress decides.',
  why: 'The oldest Ingress with a rule for the host and a `tls` section decides, and in it the first entry that lists the host, as in the controller. It is a note where another Ingress has a certificate for the host.',
} as const satisfies Rule;

export const tlsHostWithoutRule = {
  id: 'I2N417',
  name: 'tls-host-without-rule',
  severity: 'warning',
  summary: 'A host under `tls` that no rule of the Ingress has.',
  why: 'The controller uses a certificate for hosts of rules only; clients of this host see the default certificate. It is a note where other hosts of the entry have a rule.',
} as const satisfies Rule;

export const splitTlsEntry = {
  id: 'I2N418',
  name: 'split-tls-entry',
  severity: 'warning',
  summary: 'Under `tls` one entry with hosts and one with a Secret, which were most likely meant to be one.',
  why: 'A dash too many makes two entries of one: the hosts have no certificate, and the certificate no hosts.',
} as const satisfies Rule;

export const certificateExpiresSoon = {
  id: 'I2N450',
  name: 'certificate-expires-soon',
  severity: 'warning',
  isConditional: true,
  summary: 'A certificate that expires within the days of --expire-days (14 unless it says otherwise).',
  why: 'Programs that renew certificates do so earlier, mostly 30 days before the end: one with so little time left was most likely forgotten, and from its last day on clients reject it. One that is valid for no longer than that many days is reported in the last third of its time. `--now` names another day to judge by.',
} as const satisfies Rule;

export const certificateChain = {
  id: 'I2N451',
  name: 'certificate-chain',
  severity: 'warning',
  summary: 'A chain in tls.crt that lacks a certificate, or has them in a wrong order; a note for one too many.',
  why: 'Browsers may know the missing one from elsewhere, so that it works there; curl, Java, Go and mobile phones reject the connection. A server sends its own certificate first, and after each one the one that issued it. A root certificate at the end is only a note: clients trust their own copy of it.',
} as const satisfies Rule;

export const certificateUsage = {
  id: 'I2N452',
  name: 'certificate-usage',
  severity: 'warning',
  summary: 'A certificate that was not issued for a server: for clients only, or that of an authority.',
  why: 'nginx loads it without a word, and clients reject it.',
} as const satisfies Rule;

export const certificateWithoutNames = {
  id: 'I2N453',
  name: 'certificate-without-names',
  severity: 'warning',
  summary: 'A certificate whose only host is its common name.',
  why: 'The controller takes the common name where there is no alternative name (subjectAltName) with a host. Browsers, curl and Go have ignored it for years: they reject the connection.',
} as const satisfies Rule;

export const stagingCertificate = {
  id: 'I2N454',
  name: 'staging-certificate',
  severity: 'warning',
  summary: "A certificate of the staging authority of Let's Encrypt.",
  why: 'That authority is for trying things out; no client trusts its root.',
} as const satisfies Rule;

export const tlsEntryWithoutSecret = {
  id: 'I2N419',
  name: 'tls-entry-without-secret',
  severity: 'info',
  summary: 'Hosts under `tls` without a Secret: they have the default certificate.',
  why: 'Where the controller runs with `--default-ssl-certificate` that is a way to use its certificate for many hosts. Elsewhere browsers see a certificate that was made up at the start, and warn.',
} as const satisfies Rule;

export const certificateNotIssued = {
  id: 'I2N420',
  name: 'certificate-not-issued',
  severity: 'warning',
  summary: 'An Ingress that asks cert-manager for a certificate, with a `tls` section for which it issues none.',
  why: 'cert-manager makes a certificate for each entry of `tls` with hosts and a secretName. It skips other entries, and the whole Ingress if two entries have the same Secret; there is an event, and the host has the default certificate.',
} as const satisfies Rule;

export const hostWithoutTls = {
  id: 'I2N429',
  name: 'host-without-tls',
  severity: 'info',
  summary: 'Hosts without TLS beside others, at least as many, that have it.',
  why: 'Passwords and cookies of these hosts are sent unencrypted, unless a load balancer in front does it. An Ingress with `ssl-redirect: "false"` or `force-ssl-redirect: "true"` has said so, and is not reported.',
} as const satisfies Rule;

export const authorityDates = {
  id: 'I2N455',
  name: 'authority-dates',
  severity: 'warning',
  isConditional: true,
  summary:
    'An authority of `auth-tls-secret` or `proxy-ssl-secret` that has expired, or a list of revoked certificates (ca.crl) that has.',
  why: 'OpenSSL then rejects every certificate that the authority has signed: clients get 400, and requests to backends fail with 502. A list of revoked certificates has an end as well, mostly after 30 days.',
} as const satisfies Rule;
