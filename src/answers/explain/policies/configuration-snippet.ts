import type { ConfigurationSnippet } from '../../../routing/policies/configuration-snippet.ts';
import type { Explainer } from '../explainer.ts';
import { effectsOf, splitAtStop } from '../snippet-effects.ts';
import { entering, runStatements } from '../snippet-run.ts';

export const explainConfigurationSnippet: readonly Explainer<ConfigurationSnippet>[] = [
  {
    phase: 'snippet',
    explain({ asks, from }, at) {
      const [first, resumed] = splitAtStop(asks.statements);
      const left = runStatements(first, entering(at, asks.names, at.groups), at);
      const isTold = resumed.length === 0 || left.answer !== undefined || left.unclear !== undefined;
      return isTold ? effectsOf({ statements: asks.statements, from, at }, left) : [];
    },
  },
  {
    phase: 'resumed',
    explain({ asks, from }, at) {
      const [first, resumed] = splitAtStop(asks.statements);
      if (resumed.length === 0) return [];
      const before = runStatements(first, entering(at, asks.names, at.groups), at);
      return effectsOf({ statements: asks.statements, from, at }, runStatements(resumed, before, at));
    },
  },
];
