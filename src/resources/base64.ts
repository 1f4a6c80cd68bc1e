/** Base64 as the API server reads it: the standard alphabet, padded; line ends inside do not count. */
export function withoutLineEnds(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replaceAll(/[\r\n]+/g, '') : text;
}

/** What is wrong with a base64 text without line ends, in words that do not show any of it. */
export function base64Fault(text: string): string | undefined {
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  if (text.includes('-----BEGIN')) return 'it is PEM as it is';
  if (/\s/.test(text)) return 'there is white space in it';
  if (/^[-_A-Za-z0-9]*={0,2}$/.test(text) && /[-_]/.test(text))
    return 'it has "-" or "_", as in the URL form of base64';
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    return 'its length is not a multiple of four, so it is cut or its padding is missing';
  return 'it has characters that base64 does not have';
}

/** The bytes that a valid base64 text without line ends stands for. */
export function decodedBytes(text: string): number {
  return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
}
