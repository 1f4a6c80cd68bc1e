import type { PageData } from '../answers/page-data.ts';
import { unpacked } from '../json/packed.ts';
import { detailsOf } from './details.ts';
import type { Around, Details } from './details.ts';
import { el } from './dom.ts';
import { createExplainBox } from './explain-box.ts';
import { explained } from './explained.ts';
import type { Box } from './band.ts';
import { createFilterBar } from './filter-bar.ts';
import { filterRecords } from './filter.ts';
import { createFindingsView } from './findings-view.ts';
import { createHead } from './head.ts';
import { createPanel } from './panel.ts';
import { createPicture } from './picture.ts';
import type { Picture } from './picture.ts';
import { placesOf } from './places.ts';
import type { RouteRecord } from './records.ts';
import { recordsOf, urlOfPath } from './records.ts';
import { createSettingsView } from './settings-view.ts';
import { createTabs } from './tabs.ts';

const HELP =
  'Tab reaches one box of the picture; arrow keys go up and down in a column, left and right along the lines. Enter shows details, Escape closes them.';

function start(): void {
  const data: PageData = unpacked(document.getElementById('data')?.textContent ?? '[]');
  const records = recordsOf(data);
  const root = document.getElementById('page');
  if (root === null) return;
  const { elements, show } = pageOf(data, records);
  root.replaceChildren(...elements);
  show();
}

/** The parts of the page; they are drawn once they are in it. */
function pageOf(data: PageData, records: readonly RouteRecord[]) {
  const panel = createPanel({
    onClose() {
      layout.classList.remove('with-panel');
      picture.mark(undefined);
    },
    onFocusLost: () => picture.focus(),
  });
  const placeOf = placesOf(data);
  const open = (details: Details, key?: string): void => {
    panel.open(details);
    layout.classList.add('with-panel');
    picture.mark(key);
  };
  const openBox = (box: Box): void => open(detailsOf(box, around), box.key);
  const box = createExplainBox(request => {
    const { details, isTakenBy } = explained(request, { routing: data.routing, placeOf, explainUrl: box.explain });
    open(details, picture.keyOf(isTakenBy));
  }, exampleOf(records));
  const around: Around = {
    placeOf,
    openPath(record) {
      const key = picture.keyOf(shown => shown === record) ?? '';
      openBox({ key, thing: { kind: 'path', record }, column: 1, top: 0, height: 0, records: [record] });
    },
    explainPath: record => box.explain(urlOfPath(record)),
  };
  const picture = createPicture(openBox);
  const routes = routesView(records, picture);
  const showPaths = (search: string): void => {
    tabs.select('routes');
    routes.lookFor(search);
  };
  const findings = createFindingsView(data.findings, records, showPaths);
  const tabs = createTabs(
    [
      { id: 'routes', title: 'Routes', panel: routes.element },
      { id: 'findings', title: `Findings (${data.findings.length.toLocaleString('en')})`, panel: findings },
      { id: 'settings', title: 'Settings', panel: createSettingsView(data.routing, placeOf) },
    ],
    () => panel.close(),
  );
  const main = el('main', { attributes: { id: 'main', tabindex: '-1' } }, [tabs.list, ...tabs.panels]);
  const layout = el('div', { class: 'layout' }, [main, panel.element]);
  const show = (): void => showPaths('');
  return { elements: [createHead(data, records), box.element, layout, createFoot(data)], show };
}

/** What one may ask here. */
function exampleOf(records: readonly RouteRecord[]): string {
  const named = records.find(({ trunk }) => /^[a-z]/.test(trunk.name));
  return named === undefined ? 'https://shop.example.com/cart' : urlOfPath(named);
}

function routesView(records: readonly RouteRecord[], picture: Picture) {
  const nothing = el('div', { class: 'empty' }, [
    el('h2', { text: records.length === 0 ? 'No routes' : 'No path fits' }),
    el('p', {
      text:
        records.length === 0
          ? 'No Ingress of the input leads anywhere: see the findings.'
          : 'Look for something else, or clear the search and the filters.',
    }),
  ]);
  const update = (): void => {
    const shown = filterRecords(records, bar.wanted());
    nothing.hidden = shown.length > 0;
    picture.element.hidden = shown.length === 0;
    picture.show(shown);
    bar.tell(shown.length);
  };
  const bar = createFilterBar(records, update);
  const help = el('p', { class: 'sr-only', text: HELP, attributes: { id: 'picture-help' } });
  return { element: el('div', {}, [bar.element, help, picture.element, nothing]), lookFor: bar.lookFor };
}

function createFoot({ version }: PageData): HTMLElement {
  return el('footer', { text: `Made by ingress2nginx ${version} from manifests alone; no cluster was asked.` });
}

start();
