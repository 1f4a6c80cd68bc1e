import { X509Certificate, createPrivateKey } from 'node:crypto';

/** The keys of a TLS Secret. */
export type PemField = 'tls.crt' | 'tls.key';

/** Why a pair is of no use; `message` continues the sentence `the Secret … `. Neither holds secret material. */
export interface PairProblem {
  /** The key of the Secret that is at fault. */
  readonly field: PemField;
  readonly message: string;
  /** What to do; undefined where there is nothing better to say than to put the right text there. */
  readonly help?: string;
}

/** The same of PEM blocks of one kind. */
export interface BundleProblem {
  readonly message: string;
  readonly help: string;
}

interface Text {
  readonly text: string;
  /** The text of the other key. */
  readonly other: string;
  readonly field: PemField;
}

type Mistake = Omit<PairProblem, 'field'>;

const NOUNS = { 'tls.crt': 'certificate', 'tls.key': 'private key' } as const;

/** Known ways in which no certificate or key gets there; the first that fits counts. */
const MISTAKES: readonly ((of: Text) => Mistake | undefined)[] = [
  ({ text, field }) =>
    text.trim() === ''
      ? { message: `has nothing under ${field}`, help: `put the PEM text under "${field}"` }
      : undefined,
  ({ text, field }) =>
    text.trimStart().startsWith('ENC[')
      ? { message: `has an encrypted ${field}`, help: 'decrypt it first, for example with sops --decrypt' }
      : undefined,
  ({ text, field }) =>
    isBase64OfPem(text)
      ? {
          message: `has a ${field} that is encoded in base64 twice`,
          help: 'encode the PEM text once under `data`, or write it as it is under `stringData`',
        }
      : undefined,
  ({ text, other, field }) => {
    if (field !== 'tls.crt' || !hasKey(text) || hasCertificate(text)) return undefined;
    return hasCertificate(other)
      ? { message: 'has its key under tls.crt and its certificate under tls.key', help: 'swap the two values' }
      : { message: 'contains a private key under tls.crt', help: 'put the certificate under "tls.crt"' };
  },
  ({ text, field }) =>
    field === 'tls.key' && hasCertificate(text) && !hasKey(text)
      ? {
          message: 'contains a certificate under tls.key',
          help: 'put the private key of the certificate under "tls.key"',
        }
      : undefined,
  ({ text }) =>
    text.includes('-----BEGIN CERTIFICATE REQUEST-----') || text.includes('-----BEGIN NEW CERTIFICATE REQUEST-----')
      ? { message: 'contains a request for a certificate', help: 'put the certificate that was issued for it there' }
      : undefined,
  ({ text, field }) =>
    field === 'tls.key' && text.includes('-----BEGIN PUBLIC KEY-----')
      ? { message: 'contains a public key under tls.key', help: 'put the private key under "tls.key"' }
      : undefined,
  ({ text }) =>
    /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)
      ? {
          message: 'contains a private key with a password',
          help: 'take the password off: openssl pkey -in tls.key -out plain.key',
        }
      : undefined,
  ({ text, field }) =>
    /-----BEGIN [A-Z ]+-----[^\n]*\\n/.test(text)
      ? {
          message: `has the two characters "\\n" in ${field} where lines should end`,
          help: 'write it as lines, after "|"',
        }
      : undefined,
  ({ text, field }) =>
    /-----BEGIN [A-Z ]+-----[^\r\n]/.test(text)
      ? { message: `has a ${field} whose line breaks are missing`, help: 'write it as lines, after "|"' }
      : undefined,
  ({ text, field }) =>
    isCutOff(text)
      ? {
          message: `has a ${NOUNS[field]} that is cut off: its END line is missing`,
          help: 'put the whole PEM text there',
        }
      : undefined,
  ({ text, field }) =>
    isDer(text, field)
      ? {
          message: `has a ${field} in DER form`,
          help: `make it PEM: openssl ${field === 'tls.crt' ? 'x509' : 'pkey'} -inform DER -in FILE`,
        }
      : undefined,
  ({ text, field }) =>
    /-----BEGIN (?:CERTIFICATE|(?:[A-Z]+ )?PRIVATE KEY)-----/.test(text)
      ? { message: `has a damaged ${NOUNS[field]}`, help: 'put the PEM text there again, character by character' }
      : undefined,
];

/** What is most likely wrong with a text that should be a certificate or key and is none. */
export function explainPem(of: Text): PairProblem | undefined {
  for (const mistake of MISTAKES) {
    const found = mistake(of);
    if (found !== undefined) return { field: of.field, ...found };
  }
  return undefined;
}

function hasCertificate(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----');
}

function hasKey(text: string): boolean {
  return /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(text);
}

function isBase64OfPem(text: string): boolean {
  const packed = text.replaceAll(/\s/g, '');
  return packed.startsWith('LS0t') && Buffer.from(packed, 'base64').toString('latin1').includes('-----BEGIN ');
}

/** Whether a PEM text begins something that it does not end. */
export function isCutOff(text: string): boolean {
  const begins = text.match(/-----BEGIN [A-Z ]+-----/g)?.length ?? 0;
  return begins > (text.match(/-----END [A-Z ]+-----/g)?.length ?? 0);
}

/** The text holds the bytes, one a character. */
function isDer(text: string, field: PemField): boolean {
  if (!text.startsWith('0')) return false;
  const bytes = Buffer.from(text, 'latin1');
  try {
    if (field === 'tls.crt') return new X509Certificate(bytes).raw.length > 0;
    return (['pkcs8', 'pkcs1', 'sec1'] as const).some(type => isDerKey(bytes, type));
  } catch {
    // It is something else that begins like it.
    return false;
  }
}

function isDerKey(key: Buffer, type: 'pkcs8' | 'pkcs1' | 'sec1'): boolean {
  try {
    return createPrivateKey({ key, format: 'der', type }).type === 'private';
  } catch {
    // It is of another type.
    return false;
  }
}

/** What is most likely wrong with a text that should be PEM blocks of one kind, and is none. */
export function explainBundle(text: string, key: string, noun: string): BundleProblem {
  if (text.trim() === '') return { message: `has nothing under ${key}`, help: `put the PEM text under "${key}"` };
  if (isBase64OfPem(text)) {
    return {
      message: `has a ${key} that is encoded in base64 twice`,
      help: 'encode the PEM text once under `data`, or write it as it is under `stringData`',
    };
  }
  if (isCutOff(text)) {
    return {
      message: `has a ${noun} under ${key} that is cut off: its END line is missing`,
      help: 'put the whole PEM text there',
    };
  }
  return { message: `has no ${noun} in PEM form under ${key}`, help: `put the PEM text under "${key}"` };
}
