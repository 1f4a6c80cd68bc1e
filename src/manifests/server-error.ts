import type { PlainValue } from '../json/value.ts';

/** The object by which the API server says that a request failed; undefined for any other. */
export function serverErrorIn({
  kind,
  status,
  message,
  reason,
}: Readonly<Record<string, PlainValue>>): { readonly message: string; readonly help: string } | undefined {
  if (kind !== 'Status' || status !== 'Failure') return undefined;
  const said = [message, reason].find(text => typeof text === 'string' && text !== '') ?? status;
  return {
    message: `an error of the API server stands where manifests are expected: ${JSON.stringify(said).slice(0, 200)}`,
    help: 'check the address of the request, its token, and what the token may read',
  };
}
