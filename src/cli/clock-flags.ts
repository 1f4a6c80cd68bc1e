import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

/** What the dates of certificates are judged by. */
export interface ClockFlags {
  readonly expireDays?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

export function addClockFlags(command: Command): Command {
  return command
    .optionsGroup('Certificates:')
    .option(
      '--expire-days <days>',
      'days before its end from which on a certificate is reported; 0: only once it has expired (default: 14)',
      parseDays,
    )
    .option('--now <date>', 'day by which certificates are judged, such as 2026-12-31 (default: today)', parseDate);
}

function parseDays(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Use a number of days, such as 30, or 0.');
  return Number(text);
}

const DATE = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/** A date, which is its beginning in UTC, or a moment as RFC 3339 has it. */
function parseDate(text: string): number {
  const at = DATE.test(text) ? Date.parse(text.toUpperCase().replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(at) || !isDay(text.slice(0, 10))) {
    throw new InvalidArgumentError('Use a date such as 2026-12-31, or a time such as 2026-12-31T08:00:00Z.');
  }
  return at;
}

/** JavaScript takes the 31st of short months for a day of the next one. */
function isDay(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
