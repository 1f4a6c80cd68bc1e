import type { BackendHost } from '../../../routing/policies/backend-host.ts';
import type { Explainer } from '../explainer.ts';
import { valueOf } from '../variables.ts';

/** `upstream-vhost`: the Host header that backends get. */
export const explainBackendHost: Explainer<BackendHost> = {
  phase: 'content',
  explain({ asks }, at) {
    const value = asks.host.replaceAll(
      /\$(?:\{([a-z_]\w*)\}|([a-z_]\w*)|([1-9]))/gi,
      (found, braced: string | undefined, bare: string | undefined, digit: string | undefined) => {
        if (digit !== undefined) return at.groups[Number(digit)] ?? '';
        return valueOf((braced ?? bare ?? '').toLowerCase(), at) ?? found;
      },
    );
    const text = `the backend gets the Host header "${value}"`;
    return [{ name: 'headers', verdict: 'changed', text, requestHeaders: [{ name: 'Host', value }] }];
  },
};
