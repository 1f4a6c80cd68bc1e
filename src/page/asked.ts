import { askedRequest, readAskedUrl } from '../answers/explain/asked-url.ts';
import type { AskedRequest, SentHeader } from '../answers/explain/model.ts';
import { addressBytes } from '../routing/networks.ts';

/** What somebody writes into the box: all as text. */
export interface Written {
  readonly method: string;
  readonly url: string;
  /** `Name: value`, a line each. */
  readonly headers: string;
  readonly clientIp: string;
  readonly hasClientCertificate: boolean;
}

/** The same request that `explain` makes of the same words, or what is wrong with them. */
export function readWritten(written: Written): AskedRequest | { readonly problem: string } {
  const text = written.url.trim();
  const url = readAskedUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if ('problem' in url) return { problem: sentence(`the URL ${url.problem}`, url.help) };
  const lines = written.headers.split('\n').filter(line => line.trim() !== '');
  const headers = lines.map(readHeader);
  const bad = headers.findIndex(header => header === undefined);
  if (bad >= 0) return { problem: sentence(`"${lines[bad] ?? ''}" is no header`, 'write Name: value') };
  const clientIp = written.clientIp.trim();
  if (clientIp !== '' && addressBytes(clientIp) === undefined) return { problem: `"${clientIp}" is no IP address` };
  const all = headers.filter(header => header !== undefined);
  const isHost = ({ name }: SentHeader): boolean => name.toLowerCase() === 'host';
  return askedRequest(
    { ...url, host: all.findLast(isHost)?.value ?? url.host },
    {
      method: written.method.trim() === '' ? 'GET' : written.method.trim().toUpperCase(),
      headers: all.filter(header => !isHost(header)),
      clientIp: clientIp === '' ? undefined : clientIp,
      hasClientCertificate: written.hasClientCertificate,
    },
  );
}

function sentence(problem: string, help: string | undefined): string {
  return help === undefined ? problem : `${problem}: ${help}`;
}

function readHeader(line: string): SentHeader | undefined {
  const [, name, value = ''] = /^\s*([!#$%&'*+.^_`|~\w-]+):(.*)$/s.exec(line) ?? [];
  return name === undefined ? undefined : { name, value: value.trim() };
}
