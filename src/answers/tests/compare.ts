import type { Explanation } from '../explain/model.ts';
import { checksOf } from './checks.ts';
import type { Check } from './checks.ts';
import type { Expectation, Mismatch, Verdict } from './model.ts';
import { wrongStepOf } from './wrong-step.ts';

/** Holds what is expected against what would happen. */
export function compareAnswer(expected: Expectation, explanation: Explanation): Verdict {
  const failed = checksOf(expected, explanation).filter(({ holds }) => holds !== 'always');
  const refused = checksOf(expected.not ?? {}, explanation).filter(({ holds }) => holds !== 'never');
  if (failed.length + refused.length === 0) return { mismatches: [] };
  const mismatches = [...failed.map(mismatchOf), ...refused.map(notMismatchOf)];
  const wrongStep = wrongStepOf([...failed, ...refused], explanation);
  return wrongStep === undefined ? { mismatches } : { mismatches, wrongStep };
}

function mismatchOf({ field, expected, got }: Check): Mismatch {
  return { field, expected, got };
}

function notMismatchOf({ field, expected, got }: Check): Mismatch {
  return { field: `not.${field}`, expected: `anything but ${expected}`, got };
}
