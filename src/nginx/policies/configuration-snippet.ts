import { indented } from '../quote.ts';
import { programOf } from '../snippet-program.ts';

import type { LocationRenderer } from '../parts.ts';

export const renderConfigurationSnippet: LocationRenderer<'configurationSnippet'> = ({ statements, names }, tools) => {
  const program = programOf(statements, names === undefined ? tools : { ...tools, names });
  const { first, resumed, access, requestHeaders, responseHeaders } = program;
  const lines = {
    snippet: indented(first, 'location'),
    resumed: indented(resumed, 'location'),
    access: indented(access, 'location'),
  };
  return {
    location: Object.fromEntries(Object.entries(lines).filter(([, text]) => text !== undefined)),
    saysAnything: true,
    ...(requestHeaders.length === 0 ? {} : { requestHeaders }),
    ...(responseHeaders.length === 0 ? {} : { responseHeaders }),
  };
};
