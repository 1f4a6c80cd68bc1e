import { indented } from '../quote.ts';
import { programOf } from '../snippet-program.ts';

import type { MainRenderer } from '../parts.ts';

export const renderMainSnippet: MainRenderer<'mainSnippet'> = ({ statements }, tools) => {
  const { first, resumed } = programOf(statements, tools);
  const lines = indented([...first, ...resumed], 'main');
  return lines === undefined ? {} : { lines };
};
