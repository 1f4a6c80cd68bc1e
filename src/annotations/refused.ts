import type { RefusedOption } from '../options/option.ts';

/** An annotation that stock nginx cannot honour; each that is written gives a warning. None of them keeps somebody out. */
export interface RefusedAnnotation extends RefusedOption {
  /** Values that ask for what happens anyway, so that nothing is lost. An empty one is no value. */
  readonly neutral?: RegExp;
}

export const refusedAnnotations: Readonly<Record<string, RefusedAnnotation>> = {
  'http2-push-preload': {
    summary: 'Whether HTTP/2 pushes what the Link headers of responses name.',
    lost: 'nginx and browsers have no HTTP/2 push any more; browsers read the Link headers themselves',
    neutral: /^(?:0|f|F|FALSE|false|False)$/,
  },
};
