// @ts-check

/** One value in DER: its tag, its length, and the parts that it is made of. */
export function der(/** @type {number} */ tag, /** @type {readonly (string | Uint8Array)[]} */ ...parts) {
  const body = Buffer.concat(parts.map(part => Buffer.from(part)));
  const { length } = body;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}

export const sequence = (/** @type {readonly Uint8Array[]} */ ...parts) => der(0x30, ...parts);
/** An object identifier, by the bytes that stand for it. */
export const oid = (/** @type {readonly number[]} */ ...bytes) => der(0x06, Uint8Array.from(bytes));
/** A number without a sign. */
export const integer = (/** @type {Uint8Array} */ bytes) =>
  der(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
export const bits = (/** @type {Uint8Array} */ bytes) => der(0x03, Buffer.of(0), bytes);
/** A value whose tag depends on where it stands, around others. */
export const tagged = (/** @type {number} */ number, /** @type {readonly Uint8Array[]} */ ...parts) =>
  der(0xa0 + number, ...parts);

export function pem(/** @type {string} */ label, /** @type {Buffer} */ bytes) {
  const lines = bytes.toString('base64').replaceAll(/.{64}(?=.)/gu, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
