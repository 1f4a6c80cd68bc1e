import type { Report } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import type { Server } from '../routing/model.ts';
import { errorsWithoutDefaultBackend } from './rules/custom-errors.ts';

/** Finds errors that are replaced, and nobody is there to answer in their place. */
export function checkErrorPages({ locations }: Server, _: unknown, report: Report): void {
  for (const { policies } of locations) {
    const { customErrors } = policies;
    if (customErrors === undefined) continue;
    const { asks, from } = customErrors;
    if (asks.to !== undefined || asks.statuses.length === 0) continue;
    // What is wrong with the Service that the Ingress names has been said.
    if (from.some(({ name }) => name === 'default-backend')) continue;
    const asker = from.find(({ name }) => name === 'custom-http-errors');
    if (asker === undefined || asker.by === 'default') continue;
    const others = asks.statuses.filter(status => status !== 404);
    const loss = others.length === 0 ? 'the 404 page of nginx' : `404 instead of ${listed(others.map(String))}`;
    const message = `custom-http-errors: there is no default backend, so clients get ${loss}`;
    const help = 'name a Service in default-backend, or that of the installation with --default-backend-service';
    report({ rule: errorsWithoutDefaultBackend, message, help, at: asker.at.field });
  }
}
