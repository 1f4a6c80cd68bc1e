import type { X509Certificate } from 'node:crypto';

/** What OpenSSL asks for at security level 2, the default of Debian and of nginx's own images: 112 bits. */
const LEAST_RSA_BITS = 2048;
const LEAST_CURVE_BITS = 224;

/** Signatures below 112 bits, by object identifier in DER. */
const WEAK_SIGNATURES: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d010102', 'MD2'],
  ['2a864886f70d010103', 'MD4'],
  ['2a864886f70d010104', 'MD5'],
  ['2a864886f70d010105', 'SHA-1'],
  ['2a8648ce3d0401', 'SHA-1'],
  ['2a8648ce380403', 'SHA-1'],
]);

/** `message` continues the sentence `the Secret … holds a certificate …`. */
export interface Weakness {
  readonly message: string;
  readonly help: string;
}

/**
 * Why OpenSSL would refuse a certificate, and nginx with it its whole configuration; undefined if it takes it.
 */
export function weaknessOf(certificate: X509Certificate): Weakness | undefined {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const { modulusLength, namedCurve = '' } = asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined && modulusLength < LEAST_RSA_BITS) {
    const noun = asymmetricKeyType === 'dsa' ? 'a DSA' : 'an RSA';
    return {
      message: `with ${noun} key of ${modulusLength} bits, which OpenSSL rejects`,
      help: `use a certificate with a key of ${LEAST_RSA_BITS} bits or more`,
    };
  }
  const curveBits = /\d{3}/.exec(namedCurve)?.[0];
  if (curveBits !== undefined && Number(curveBits) < LEAST_CURVE_BITS) {
    return {
      message: `with a key on the curve ${namedCurve}, which OpenSSL rejects`,
      help: 'use a certificate with a key on a curve of 256 bits, such as P-256',
    };
  }
  // Nobody checks the signature of a certificate that vouches for itself.
  const digest = certificate.checkIssued(certificate) ? undefined : WEAK_SIGNATURES.get(signatureOf(certificate.raw));
  if (digest === undefined) return undefined;
  const help = 'have it issued again, signed with SHA-256';
  return { message: `that is signed with ${digest}, which OpenSSL rejects`, help };
}

/** The object identifier of the signature: SEQUENCE { the signed part, SEQUENCE { OBJECT IDENTIFIER … } … }. */
function signatureOf(der: Buffer): string {
  const [signed] = contentOf(der, 0);
  const [, algorithm] = contentOf(der, signed);
  const [identifier] = contentOf(der, algorithm);
  const [start, end] = contentOf(der, identifier);
  return der.subarray(start, end).toString('hex');
}

/** Where the content of the element at `offset` begins and ends. The certificate has been parsed by OpenSSL before. */
function contentOf(der: Buffer, offset: number): readonly [start: number, end: number] {
  const first = der[offset + 1] ?? 0;
  if (first < 0x80) return [offset + 2, offset + 2 + first];
  const lengthBytes = first - 0x80;
  const start = offset + 2 + lengthBytes;
  return [start, start + der.readUIntBE(offset + 2, lengthBytes)];
}
