import type { OptionSpec } from '../options/option.ts';
import { bytesOf, size } from '../options/size.ts';
import { stripped } from '../options/value-type.ts';
import type { BodySize } from '../routing/policies/body-size.ts';
import { defineFamily } from './family.ts';
import { passedSize, takenSize } from './sizes.ts';

const NAME = 'proxy-body-size';

const bodySizeType = size({
  hasGigabytes: true,
  minBytes: 0n,
  help: 'write a size such as "8m", or "0" for no limit',
});

/** White space around it does not count, as in the controller. */
const ofOption = stripped(bodySizeType);

/** The default of the controller, and of nginx where the controller writes nothing. */
const DEFAULT = '1m';

function policyOf(text: string): BodySize {
  return { size: text, bytes: bytesOf(text) };
}

/** How large a request body may be. */
export const bodySize = defineFamily({
  name: 'bodySize',
  annotations: {
    [NAME]: {
      type: passedSize(bodySizeType),
      default: DEFAULT,
      defaultFrom: NAME,
      example: '8m',
      summary: 'How large a request body may be; `0` is no limit. Larger ones are answered with 413.',
      becomes: 'client_max_body_size',
    } satisfies OptionSpec<string>,
  },
  options: {
    [NAME]: {
      type: ofOption,
      default: DEFAULT,
      example: '8m',
      summary: 'How large a request body may be; `0` is no limit. Larger ones are answered with 413.',
      becomes: 'client_max_body_size',
    } satisfies OptionSpec<string>,
  },
  read(values, context) {
    const asked = policyOf(takenSize(bodySizeType, NAME, values[NAME], context) ?? DEFAULT);
    return asked.bytes === bytesOf(context.options[NAME]) ? undefined : asked;
  },
  gives: {
    http: options => policyOf(options[NAME]),
    location: asked => asked,
  },
});
