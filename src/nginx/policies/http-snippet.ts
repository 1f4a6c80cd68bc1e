import { indented } from '../quote.ts';
import { programOf } from '../snippet-program.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderHttpSnippet: HttpRenderer<'httpSnippet'> = ({ statements }, tools) => {
  const { first, resumed, responseHeaders } = programOf(statements, tools);
  const others = indented([...first, ...resumed], 'http');
  return {
    ...(others === undefined ? {} : { others }),
    ...(responseHeaders.length === 0 ? {} : { responseHeaders }),
  };
};
