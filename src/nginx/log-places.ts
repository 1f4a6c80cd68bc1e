import { posix } from 'node:path';

import { bareWord, quote } from './quote.ts';

import type { SystemLayout } from './layout.ts';
import type { Quoted } from './quote.ts';
import type { LogTarget } from '../routing/policies/access-logs.ts';

/** Where nginx has its logs. */
export interface LogPlaces {
  readonly access: Quoted;
  readonly stream: Quoted;
  readonly error: Quoted;
  /** Whether it logs errors there without being told. */
  readonly isErrorKnown: boolean;
  /** A file beside them; undefined where the folder is one that others log to, too. */
  readonly named: (name: string) => Quoted | undefined;
}

const OWN: LogPlaces = {
  access: bareWord('logs/access.log'),
  stream: bareWord('logs/stream.log'),
  error: bareWord('logs/error.log'),
  isErrorKnown: false,
  named: name => quote(`logs/${checkedName(name)}`),
};

export function logPlaces(system: SystemLayout | undefined): LogPlaces {
  if (system === undefined) return OWN;
  const { accessLog, errorLog, builtInErrorLog } = system;
  const folder = posix.dirname(accessLog);
  const isOwn = /\/(?:nginx|logs)$/.test(folder);
  const beside = (name: string): Quoted => quote(posix.join(folder, name));
  return {
    access: quote(accessLog),
    stream: beside('stream.log'),
    error: quote(errorLog ?? builtInErrorLog ?? posix.join(folder, 'error.log')),
    isErrorKnown: errorLog === undefined,
    named: name => (isOwn ? beside(checkedName(name)) : undefined),
  };
}

/** What nginx is told of a log. */
export function targetWord(target: LogTarget, usual: Quoted, { named }: LogPlaces): Quoted {
  switch (target.kind) {
    case 'usual':
      return usual;
    case 'file':
      return named(target.name) ?? usual;
    case 'syslog':
      return quote(`syslog:server=${target.server}`);
  }
}

/** Names come from manifests, and must not lead elsewhere. */
function checkedName(name: string): string {
  if (!/^[A-Za-z0-9][\w-]*(?:\.[\w-]+)*$/.test(name)) throw new Error(`not a file name: ${JSON.stringify(name)}`);
  return name;
}
