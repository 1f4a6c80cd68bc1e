import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { askingAnnotations } from '../routing/askers.ts';
import type { Location, Server } from '../routing/model.ts';
import type { LocationStatement, Statement } from '../routing/snippets.ts';
import { duplicateLocation } from './rules/server-snippet.ts';

/** Equal for locations that nginx takes for the same; undefined for expressions, of which it takes several. */
function keyOfStatement({ match, path }: LocationStatement): string | undefined {
  return match.startsWith('~') ? undefined : `${match === '=' ? 'exact' : 'prefix'} ${path}`;
}

function isLocation(statement: Statement): statement is LocationStatement {
  return statement.kind === 'location';
}

/** Finds locations of a snippet that a path has, too. */
export function checkServerSnippet({ policies, locations }: Server, _: unknown, report: Report): void {
  const { serverSnippet } = policies;
  if (serverSnippet === undefined) return;
  const byKey = new Map(locations.map((each): [string, Location] => [`${each.match} ${each.path}`, each]));
  for (const statement of serverSnippet.asks.statements.filter(isLocation)) {
    const same = byKey.get(keyOfStatement(statement) ?? '');
    const [asker] = askingAnnotations(serverSnippet.from);
    const [owner] = same?.from ?? [];
    if (same === undefined || asker === undefined) continue;
    const whose = owner === undefined ? 'the default backend' : objectText(owner.resource);
    report({
      rule: duplicateLocation,
      message: `server-snippet: ${whose} has the path "${statement.path}", too: nginx would refuse both`,
      help: 'remove one of the two, or write what the location says in a configuration-snippet',
      at: asker.at.field,
      ...(owner === undefined ? {} : { related: [{ message: `"${statement.path}" is here`, at: owner.field }] }),
    });
  }
}
