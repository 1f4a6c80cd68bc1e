import type { Origin } from '../../diagnostics/place.ts';
import type { PlacedStep } from '../explain/placed.ts';
import type { Mismatch } from './model.ts';

/** What came of the tests of a file, in their order. */
export interface TestSuite {
  readonly file: string;
  readonly results: readonly TestResult[];
}

export interface TestResult {
  readonly name: string;
  /** Where the test stands. */
  readonly at: Origin;
  /** `GET https://shop.example/cart` */
  readonly request: string;
  /** `not-seen`: nothing of what is expected can be seen from outside, or only there. */
  readonly outcome: 'passed' | 'failed' | 'not-seen';
  readonly mismatches: readonly Mismatch[];
  /** What came of the request, in words. */
  readonly answer: string;
  /** With mismatches: the first step that made a difference. */
  readonly wrongStep?: PlacedStep;
  /** With mismatches: what would have to be there for a backend to answer. */
  readonly advice: readonly string[];
  /** Of a running server: what is expected, and cannot be seen from outside. */
  readonly notSeen: readonly string[];
}

/** What of an expectation no manifest tells. */
export const ONLY_LIVE = 'live';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly notSeen: number;
}

export function countTests(suites: readonly TestSuite[]): TestCounts {
  const counts = { passed: 0, failed: 0, notSeen: 0 };
  for (const { results } of suites) {
    for (const { outcome } of results) counts[outcome === 'not-seen' ? 'notSeen' : outcome]++;
  }
  return counts;
}
