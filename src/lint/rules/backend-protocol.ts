import type { Rule } from '../../diagnostics/rule.ts';

export const grpcWithoutCertificate = {
  id: 'I2N386',
  name: 'grpc-without-certificate',
  severity: 'warning',
  summary: 'A host with gRPC backends that has no certificate.',
  why: 'gRPC needs HTTP/2. Clients speak it over TLS, with a certificate that they trust; without TLS nginx takes it from 1.25.1 on only.',
} as const satisfies Rule;
