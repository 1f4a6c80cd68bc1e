import type { Rule } from '../../diagnostics/rule.ts';

export const missingCertificate = {
  id: 'I2N410',
  name: 'missing-certificate',
  severity: 'warning',
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
