import type { BackendChoice, Explanation } from '../../explain/model.ts';
import type { ExpectedHeader, Facts } from '../model.ts';
import { authKindsOf, certificateOf, choicesOf, ingressesOf, statusOf } from '../said.ts';

/** What an explanation says, as expectations that it fulfils, and that a change of it most likely does not. */
export function expectationOf(explanation: Explanation): Facts {
  const { outcome, request } = explanation;
  const choices = choicesOf(explanation);
  const url = outcome.kind === 'answer' ? outcome.url : undefined;
  const uri = onlyOf(choices.map(choice => choice.uri));
  const host = onlyOf(choices.map(choice => choice.host));
  const ingress = ingressesOf(explanation).find(isName);
  const kinds = [...authKindsOf(explanation)];
  const headers = responseHeadersOf(explanation);
  const certificate = certificateOf(explanation);
  const tls = request.scheme === 'http' || certificate === undefined ? {} : { tls: certificate };
  if (outcome.kind === 'unclear') return { status: 'unclear', ...tls };
  return {
    ...servicesOf(choices, explanation),
    ...(ingress === undefined ? {} : { ingress }),
    ...(url === undefined ? {} : { location: url }),
    ...(uri === undefined ? {} : { uri }),
    ...(host === undefined || host === request.host ? {} : { host }),
    ...(headers.length === 0 ? {} : { responseHeaders: headers }),
    ...(kinds[0] === undefined ? {} : { auth: kinds.length === 1 ? kinds[0] : 'required' }),
    ...tls,
  };
}

function servicesOf(choices: readonly BackendChoice[], explanation: Explanation): Facts {
  const named = choices.flatMap(({ service, percent }) =>
    service === undefined || !isName(service) ? [] : [{ service, percent }],
  );
  if (named.length === 0 || named.length < choices.length) return { status: statusOf(explanation) };
  const shares = new Map<string, number>();
  for (const { service, percent } of named) shares.set(service, (shares.get(service) ?? 0) + percent);
  return {
    service: Array.from(shares, ([service, percent]) => (percent > 99.99 ? { service } : { service, percent })),
  };
}

/** What is refused has names such as `(without a name)`. */
function isName(text: string): boolean {
  return /^[a-z\d.-]+\/[a-z\d.-]+(?::[a-z\d-]+)?$/.test(text);
}

/** What all have in common; undefined where they differ, or nobody knows. */
function onlyOf(values: readonly (string | undefined)[]): string | undefined {
  const [first] = values;
  return first !== undefined && first !== '' && values.every(value => value === first) ? first : undefined;
}

/** Every host has it: as long as it is the usual one, it says nothing. */
const USUAL = /^strict-transport-security$/i;

/** Those that only nginx knows cannot be expected; of several of a name the last one counts. */
function responseHeadersOf({ responseHeaders }: Explanation): readonly ExpectedHeader[] {
  const byName = new Map(responseHeaders.map(header => [header.name.toLowerCase(), header]));
  return [...byName.values()].filter(({ name, value }) => value !== undefined && value !== '' && !USUAL.test(name));
}
