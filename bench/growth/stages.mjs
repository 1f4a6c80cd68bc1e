// @ts-check
import { Chalk } from 'chalk';

import { hostLines, knownHosts } from '../../src/answers/hosts.ts';
import { listRoutes } from '../../src/answers/listed-routes.ts';
import { ALL_COLUMNS } from '../../src/report/route-columns.ts';
import { compileUnits } from '../../src/jobs/compile-units.ts';
import { readUnit } from '../../src/resources/unit.ts';
import { renderNginx } from '../../src/nginx/render.ts';
import { compactText } from '../../src/report/compact.ts';
import { hostsFileLines } from '../../src/report/hosts-text.ts';
import { jsonText } from '../../src/report/json.ts';
import { locateAll } from '../../src/diagnostics/located.ts';
import { prettyText } from '../../src/report/pretty.ts';
import { routesJson, routesTable } from '../../src/report/routes-table.ts';
import { loadBalancerOf } from '../../src/resources/load-balancer.ts';
import { USUAL_SETTINGS } from '../usual-settings.mjs';
import { CONTROLLER_CONFIG, TCP_SERVICES } from './manifests.mjs';

const MACHINE = { names: new Set(), addresses: new Set() };
const PLAIN = new Chalk({ level: 0 });
const SETTINGS = {
  ...USUAL_SETTINGS,
  controllerConfig: CONTROLLER_CONFIG,
  tcpServicesConfigMap: TCP_SERVICES,
};

/**
 * All that `render`, `routes` and `hosts` compute of a text, one after the other: `measured` is given the work of each
 * stage, and runs it. The places of findings come last.
 */
export function runStages(
  /** @type {string} */ text,
  /** @type {<T>(stage: string, work: () => T) => T} */ measured,
  withFindings = true,
) {
  const unit = measured('read', () => readUnit({ name: 'input.yaml', text }));
  const settings = { ...SETTINGS, forwards: new Map(), now: 0 };
  const loaded = measured('compile', () => compileUnits({ units: [unit], files: 1 }, settings));
  measured('render', () => renderNginx(loaded.routing, {}));
  measured('routes', () => {
    const rows = listRoutes(loaded.routing);
    routesTable(rows, { shown: ALL_COLUMNS, style: PLAIN });
    routesJson(rows);
  });
  measured('hosts', () => {
    const statuses = new Map(loaded.documents.map(({ id, status }) => [id, status]));
    const known = knownHosts(loaded.routing, id => loadBalancerOf(statuses.get(id)), MACHINE);
    hostsFileLines(hostLines(known, { address: '127.0.0.1', source: 'loopback' }).lines);
  });
  if (!withFindings) return;
  const findings = measured('locate', () => locateAll(loaded.diagnostics, loaded.locate));
  measured('report', () => {
    prettyText(findings, { style: PLAIN, columns: 100, isTerminal: false });
    compactText(findings);
    jsonText(findings, { ...loaded, notes: [] });
  });
}
