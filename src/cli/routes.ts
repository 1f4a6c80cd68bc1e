import { Chalk } from 'chalk';

import type { ListedRoute } from '../answers/listed-routes.ts';
import { listRoutes } from '../answers/listed-routes.ts';
import { reachedHosts } from '../answers/reached-hosts.ts';
import { filterRoutes, unknownPolicy, unknownTexts } from '../answers/route-filters.ts';
import type { UnknownText } from '../answers/route-filters.ts';
import { ALL_COLUMNS, USUAL_COLUMNS } from '../report/route-columns.ts';
import { routesCsv } from '../report/routes-csv.ts';
import { routesMarkdown } from '../report/routes-markdown.ts';
import { routesJson, routesTable } from '../report/routes-table.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print, tell, wrapColumns } from './face.ts';
import { reportFindings } from './findings.ts';
import type { FindingFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';

export interface RoutesFlags extends CompileFlags, FindingFlags {
  readonly stdinFilename: string;
  readonly host: readonly string[];
  readonly namespace: readonly string[];
  readonly service: readonly string[];
  readonly policy: readonly string[];
  readonly format: 'table' | 'wide' | 'json' | 'csv' | 'markdown';
}

/** Shows the routes even when there are findings: the answer is what would be served. */
export async function routes(input: InputRequest, flags: RoutesFlags, onStage?: OnStage): Promise<ExitCode> {
  const unknown = unknownPolicy(flags.policy);
  if (unknown !== undefined) {
    const { name, meant, known } = unknown;
    const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
    tell('error', `there is no policy ${JSON.stringify(name)}${advice} (there are ${known.join(', ')})`);
    return 2;
  }
  const loading = await loadInput(input, flags, { onStage });
  if (loading.kind === 'refused') return loading.code;
  const { loaded } = loading;
  onStage?.('report');
  const { hosts, notes } = reachedHosts(loaded.routing, flags.host);
  const { namespace: namespaces, service: services, policy: policies } = flags;
  const all = listRoutes(loaded.routing);
  const found = filterRoutes(all, { hosts, namespaces, services, policies }, loaded.services);
  print(textOf(found, flags));
  const isFiltered = [flags.host, namespaces, services, policies].some(asked => asked.length > 0);
  const isNothing = isFiltered && found.length === 0;
  const unfit = unknownTexts(all, { namespaces, services }, loaded.services).map(unknownWords);
  const said = [...notes, ...unfit, ...(isNothing ? ['no route fits the filters'] : [])];
  const format = flags.format === 'json' ? 'json' : 'pretty';
  const code = await reportFindings({ ...loaded, notes: said }, { ...flags, format });
  return isNothing ? 1 : code;
}

function unknownWords({ kind, text, meant }: UnknownText): string {
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
  return kind === 'Service'
    ? `no route leads to a Service ${JSON.stringify(text)}${advice}`
    : `no route is of an Ingress in the namespace ${JSON.stringify(text)}${advice}`;
}

function textOf(found: readonly ListedRoute[], { format, color }: RoutesFlags): string {
  switch (format) {
    case 'json':
      return routesJson(found);
    case 'csv':
      return routesCsv(found);
    case 'markdown':
      return routesMarkdown(found);
    case 'table':
    case 'wide': {
      const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
      const shown = format === 'wide' ? ALL_COLUMNS : USUAL_COLUMNS;
      return routesTable(found, { shown, style, columns: wrapColumns('stdout') });
    }
  }
}
