import { objectText } from '../diagnostics/place.ts';
import type { OptionSpec } from '../options/option.ts';
import type { Statement } from '../routing/snippets.ts';
import { annotationRef } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import { snippetText } from './snippet-options.ts';
import { takeSnippet } from './snippets.ts';

const NAME = 'stream-snippet';

const SPEC: OptionSpec<string> = {
  type: snippetText,
  default: '',
  example: 'server { listen 9000; proxy_pass 10.0.0.1:9000; }',
  summary: 'Directives of nginx for the stream block; they need `--snippets all`.',
  becomes: 'the same directives',
};

/**
 * Directives for the stream block: those of all Ingresses, the oldest first, then those of the ConfigMap.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getStreamSnippets.
 */
export const streamSnippet = defineFamily({
  name: 'streamSnippet',
  annotations: { [NAME]: SPEC },
  options: { [NAME]: SPEC },
  read(values, { ingress, report, snippets }): readonly Statement[] | undefined {
    const text = values[NAME];
    if (text.trim() === '') return undefined;
    const at = annotationRef(ingress, NAME);
    const owner = objectText(ingress);
    return takeSnippet({ name: NAME, text, place: 'stream', at, lost: 'it has no effect', owner }, snippets, report);
  },
  gives: { stream: asked => asked },
});
