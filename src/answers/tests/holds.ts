/** For how much of what may happen an expectation holds. */
export type Holds = 'always' | 'sometimes' | 'never';

/** Whether one thing that may happen is as expected; `unknown`: nginx alone can tell. */
export type Fit = 'yes' | 'no' | 'unknown';

export function fits(isSo: boolean): Fit {
  return isSo ? 'yes' : 'no';
}

export function either(isSo: boolean): Holds {
  return isSo ? 'always' : 'never';
}

/** Where nothing may happen, nothing holds. What is unknown holds neither always nor never. */
export function among(all: readonly Fit[]): Holds {
  if (all.every(fit => fit === 'no')) return 'never';
  return all.every(fit => fit === 'yes') ? 'always' : 'sometimes';
}
