import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { endsOf } from '../pem/authority-dates.ts';
import type { PemFile, SecretFile } from '../routing/secret-files.ts';
import type { CertificateClock } from './certificate-findings.ts';
import { authorityDates } from './rules/certificates.ts';

const isDated = (file: SecretFile): file is PemFile => file.kind === 'authorities' || file.kind === 'revocations';

/** Says which authorities of clients and backends vouch for nobody any more, since their time is over. */
export function reportAuthorityDates(files: readonly SecretFile[], clock: CertificateClock, report: Report): void {
  for (const file of files) {
    const finding = isDated(file) ? findingOf(file, clock) : undefined;
    if (finding !== undefined) report(finding);
  }
}

function findingOf({ kind, content, from }: PemFile, { now }: CertificateClock): Finding | undefined {
  const ends = endsOf(content);
  const over = ends.find(({ at }) => at < now);
  if (over === undefined) return undefined;
  const name = objectText(from.resource);
  const at = from.field;
  if (kind === 'revocations') {
    const message = `the list of revoked certificates in ${name} was good until ${over.text}: every certificate is rejected`;
    return { rule: authorityDates, message, help: 'make it again: openssl ca -gencrl', at };
  }
  // One of several may be there for what it has signed long ago.
  if (ends.some(end => end.at >= now)) return undefined;
  const message = `the authority in ${name} has expired (${over.text}): every certificate that it has signed is rejected`;
  return { rule: authorityDates, message, help: 'put the current certificate of the authority there', at };
}
