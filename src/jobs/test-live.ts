import type { AskedRequest } from '../answers/explain/model.ts';
import { MOST_REDIRECTS, redirected } from '../answers/explain/redirected.ts';
import { compareLive, liveText } from '../answers/tests/compare-live.ts';
import type { LiveAnswer } from '../answers/tests/live-model.ts';
import type { TestResult } from '../answers/tests/results.ts';
import { withoutSecrets } from '../answers/tests/secret-headers.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { askServer } from '../live/ask-server.ts';
import type { ServerAddress } from '../live/ask-server.ts';
import { requestLine } from '../test-file/read.ts';
import type { PlacedTest } from './test-files.ts';

/** A running server, and how it is asked. */
export interface LiveServer {
  /** Where requests of a scheme go. */
  readonly addresses: Readonly<Partial<Record<AskedRequest['scheme'], ServerAddress>>>;
  readonly timeoutMs: number;
  readonly checksCertificates: boolean;
  readonly signal: AbortSignal;
}

export type LiveResults =
  | { readonly kind: 'answered'; readonly results: readonly TestResult[] }
  | Failure
  | Interruption;

/** Sends the requests of tests to a server, one after the other, and compares what can be seen from outside. */
export async function testLive(tests: readonly PlacedTest[], server: LiveServer): Promise<LiveResults> {
  const results: TestResult[] = [];
  for (const test of tests) {
    const result = await askTest(test, server);
    if (server.signal.aborted) return { kind: 'interrupted' };
    if ('kind' in result) return result;
    results.push(result);
  }
  return { kind: 'answered', results };
}

async function askTest(test: PlacedTest, server: LiveServer): Promise<TestResult | Failure> {
  const { name, at, request } = test;
  const common = { name, at, request: requestLine(request), advice: [] };
  const reason = notSendable(request);
  if (reason !== undefined) {
    return { ...common, outcome: 'not-seen', mismatches: [], answer: 'the request was not sent', notSeen: [reason] };
  }
  const answers = await ask(test, server);
  if (!isAnswers(answers)) return answers;
  const last = answers.at(-1) ?? answers[0];
  const { mismatches, notSeen, seen } = compareLive(test, last);
  const result: TestResult = {
    ...common,
    outcome: mismatches.length > 0 ? 'failed' : seen > 0 ? 'passed' : 'not-seen',
    mismatches,
    answer: answers.map(liveText).join(', then '),
    notSeen,
  };
  return withoutSecrets(result, request.headers);
}

/** What nobody can send from here. */
function notSendable({ clientIp, hasClientCertificate }: AskedRequest): string | undefined {
  if (clientIp !== undefined) return 'the request, which comes from another clientIp';
  return hasClientCertificate ? 'the request, which shows a client certificate' : undefined;
}

type Answers = readonly [LiveAnswer, ...LiveAnswer[]];

function isAnswers(answers: Answers | Failure): answers is Answers {
  return Array.isArray(answers);
}

async function ask({ request, follows, expected }: PlacedTest, server: LiveServer): Promise<Answers | Failure> {
  const readsBody = expected.live?.body !== undefined;
  const first = await send(request, server, { readsBody });
  if (first.kind === 'failed') return first;
  const answers: [LiveAnswer, ...LiveAnswer[]] = [first];
  let next = follows ? nextOf(request, first) : undefined;
  while (next !== undefined && answers.length <= MOST_REDIRECTS) {
    const answer = await send(next, server, { readsBody });
    if (answer.kind === 'failed') return answer;
    answers.push(answer);
    next = nextOf(next, answer);
  }
  return answers;
}

function send(
  request: AskedRequest,
  { addresses, timeoutMs, checksCertificates, signal }: LiveServer,
  { readsBody }: { readonly readsBody: boolean },
): Promise<LiveAnswer | Failure> {
  const address = addresses[request.scheme];
  const missing = failure(
    `${requestLine(request)} needs the address of ${request.scheme}: give --live ${request.scheme}://HOST:PORT`,
  );
  if (address === undefined) return Promise.resolve(missing);
  return askServer(request, address, { timeoutMs, checksCertificates, readsBody, signal });
}

function nextOf(request: AskedRequest, answer: LiveAnswer): AskedRequest | undefined {
  if (answer.kind !== 'answer' || answer.status < 300 || answer.status > 399) return undefined;
  const location = answer.headers.find(({ name }) => name.toLowerCase() === 'location')?.value;
  return location === undefined ? undefined : redirected(request, answer.status, location);
}
