import { fieldOf, textAt } from '../../json/fields.ts';
import { parseJson } from '../../json/value.ts';
import type { ApiAnswer, NoAnswer } from './api.ts';

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly code: number;
  /** The value of Retry-After. */
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Longer texts of strangers say no more than their beginning. */
const LONGEST_MESSAGE = 500;

/**
 * Reads an answer. What is not a Status object of the API server and has the code 500 is what kubectl proxy says when it
 * reached nobody (`dial tcp …: connect: connection refused`, `getting credentials: …`).
 */
export function readAnswer({ code, retryAfter, text }: HttpAnswer): ApiAnswer {
  const value = parseJson(text);
  if (code >= 200 && code < 300) {
    if (value === undefined) return { kind: 'unreachable', problem: 'the answer is not JSON' };
    return { kind: 'ok', value };
  }
  const status = statusOf(value);
  if (status === undefined && code === 500) return { kind: 'unreachable', problem: firstLine(text) };
  const retryAfterMs = waitOf(retryAfter);
  return {
    kind: 'refused',
    code,
    reason: status?.reason ?? '',
    message: status?.message ?? (firstLine(text) || `the API server answered ${code}`),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** In one line, for people. */
export function problemOf(answer: NoAnswer): string {
  return answer.kind === 'refused' ? answer.message : answer.problem;
}

export interface Status {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

/** The error that a Status object tells of; also without kind, as in some events of a watch. */
export function statusOf(value: unknown): Status | undefined {
  if (fieldOf(value, 'status') !== 'Failure') return undefined;
  const code = fieldOf(value, 'code');
  return {
    code: typeof code === 'number' ? code : 0,
    reason: textAt(value, 'reason'),
    message: firstLine(textAt(value, 'message')),
  };
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const waitMs = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
