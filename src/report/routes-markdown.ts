import type { ListedRoute } from '../answers/listed-routes.ts';
import { markdownTable, plainMarkdown } from './markdown.ts';
import { cellsOf, USUAL_COLUMNS } from './route-columns.ts';

/** A table of Markdown. Ends in a newline. */
export function routesMarkdown(routes: readonly ListedRoute[]): string {
  const heads = USUAL_COLUMNS.map(({ heading }) => (heading === 'tls' ? 'TLS' : heading));
  return `${markdownTable(
    heads,
    routes.map(route => cellsOf(route, USUAL_COLUMNS).map(plainMarkdown)),
  )}\n`;
}
