import type { OptionSpec } from '../options/option.ts';
import { bytesOf, size } from '../options/size.ts';
import type { BodyBuffer } from '../routing/policies/body-buffer.ts';
import { defineFamily } from './family.ts';
import { droppedForValue } from './rules/annotations.ts';
import { passedSize, takenSize } from './sizes.ts';

const NAME = 'client-body-buffer-size';

/** nginx would wait for ever for a body that it has no room for. */
const bufferSize = size({ hasGigabytes: false, minBytes: 1n, help: 'write a size such as "64k"' });

/**
 * How much of a request body is held in memory. A value that is no size at all makes the controller drop the Ingress.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/clientbodybuffersize/main.go and annotations.go, Extract.
 */
export const bodyBuffer = defineFamily({
  name: 'bodyBuffer',
  annotations: {
    [NAME]: {
      type: passedSize(bufferSize),
      default: '8k',
      defaultFrom: NAME,
      example: '64k',
      summary: 'How much of a request body is held in memory before it goes to a file.',
      becomes: 'client_body_buffer_size',
    } satisfies OptionSpec<string>,
  },
  options: {
    [NAME]: {
      type: bufferSize,
      default: '8k',
      example: '64k',
      summary: 'How much of a request body is held in memory before it goes to a file.',
      becomes: 'client_body_buffer_size',
    } satisfies OptionSpec<string>,
  },
  invalid: { rule: droppedForValue, isDropped: () => true },
  read(values, context): BodyBuffer | undefined {
    const asked = takenSize(bufferSize, NAME, values[NAME], context);
    return asked === undefined || bytesOf(asked) === bytesOf(context.options[NAME]) ? undefined : { size: asked };
  },
  gives: {
    http: options => ({ size: options[NAME] }),
    location: asked => asked,
  },
});
