import type { AskedRequest } from './model.ts';

export interface Unframed {
  readonly status: 400 | 501;
  readonly reason: string;
}

/**
 * Why nginx cannot tell where the body of a request ends, by its headers.
 * Source: nginx, ngx_http_process_request_header.
 */
export function unframed({ headers }: Pick<AskedRequest, 'headers'>): Unframed | undefined {
  const valuesOf = (wanted: string): readonly string[] =>
    headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
  const lengths = valuesOf('content-length');
  const encodings = valuesOf('transfer-encoding');
  for (const [name, { length }] of [['Content-Length', lengths] as const, ['Transfer-Encoding', encodings] as const])
    if (length > 1) return { status: 400, reason: `the request has ${name} ${length} times` };
  const [size] = lengths;
  if (size !== undefined && !/^\d+$/.test(size)) {
    return { status: 400, reason: `Content-Length is no number of bytes: "${size}"` };
  }
  const [encoding] = encodings;
  if (encoding === undefined) return undefined;
  if (encoding.toLowerCase() !== 'chunked') {
    return { status: 501, reason: `nginx knows no Transfer-Encoding but chunked, and is sent "${encoding}"` };
  }
  return size === undefined
    ? undefined
    : { status: 400, reason: 'the request has Content-Length and Transfer-Encoding' };
}
