const LINE = 64;

const LABEL = /^-----BEGIN ([A-Z ]+)-----\n/;

/** A block of PEM. */
export interface PemBlock {
  readonly label: string;
  readonly der: Buffer;
}

/**
 * Reads a block as programs write it, in lines of 64 characters of base64 with no bit too many. Undefined for any other
 * text: OpenSSL takes more.
 */
export function readPemBlock(text: string): PemBlock | undefined {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  const [head = '', label = ''] = LABEL.exec(lines) ?? [];
  const tail = `\n-----END ${label}-----`;
  if (head === '' || !lines.endsWith(tail)) return undefined;
  const body = lines.slice(head.length, -tail.length);
  for (let end = LINE; end < body.length; end += LINE + 1) if (body[end] !== '\n') return undefined;
  const base64 = body.replaceAll('\n', '');
  const isWhole = base64.length === body.length - Math.ceil(body.length / (LINE + 1)) + 1;
  const der = Buffer.from(base64, 'base64');
  return isWhole && der.toString('base64') === base64 ? { label, der } : undefined;
}
