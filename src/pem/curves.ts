/** An elliptic curve y² = x³ − 3x + b over the integers modulo a prime. */
export interface Curve {
  readonly prime: bigint;
  readonly b: bigint;
  /** The bytes of a coordinate. */
  readonly size: number;
}

/** The algorithm identifier of keys on a curve: SEQUENCE { `ecPublicKey`, the name of the curve }. Both in hexadecimal digits of DER. */
export function algorithmOnCurve(name: string): string {
  const content = `06072a8648ce3d0201${name}`;
  return `30${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
}

/**
 * P-256, P-384 and P-521, by algorithm identifier.
 * Source: SEC 2, Recommended Elliptic Curve Domain Parameters, 2.4.2, 2.5.1 and 2.6.1.
 */
export const CURVES: ReadonlyMap<string, Curve> = new Map([
  [
    algorithmOnCurve('06082a8648ce3d030107'),
    {
      prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
      size: 32,
    },
  ],
  [
    algorithmOnCurve('06052b81040022'),
    {
      prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
      size: 48,
    },
  ],
  [
    algorithmOnCurve('06052b81040023'),
    {
      prime: 2n ** 521n - 1n,
      b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
      size: 66,
    },
  ],
]);

/** Whether bytes are a point of a curve, uncompressed: OpenSSL reads no others as a key. */
export function isOnCurve(point: Buffer, { prime, b, size }: Curve): boolean {
  if (point.length !== 1 + 2 * size || point[0] !== 4) return false;
  const x = BigInt(`0x${point.toString('hex', 1, 1 + size)}`);
  const y = BigInt(`0x${point.toString('hex', 1 + size)}`);
  return x < prime && y < prime && (y * y - (x * x - 3n) * x - b) % prime === 0n;
}
