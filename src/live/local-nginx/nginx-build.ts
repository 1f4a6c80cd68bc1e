import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { parseNginxVersion } from '../../nginx/version.ts';
import type { NginxVersion } from '../../nginx/version.ts';

/** An nginx program, and what it was compiled with. All paths are absolute. */
export interface NginxBuild {
  readonly program: string;
  readonly version: NginxVersion;
  readonly confPath: string;
  readonly pidPath: string;
  /** Undefined for stderr. */
  readonly errorLogPath: string | undefined;
  readonly accessLogPath: string;
  /** Whom workers run as when root starts it; undefined where only nginx knows. */
  readonly user: string | undefined;
  /** Their group; undefined where it follows from the user. */
  readonly group: string | undefined;
  /** The file of the stream module; undefined where it is built in, or not installed. */
  readonly streamModule: string | undefined;
}

/**
 * Reads what `nginx -V` prints; undefined for what no nginx says. Source of the defaults: nginx 1.22.1, auto/options and
 * auto/init.
 */
export function parseNginxBuild(program: string, text: string): NginxBuild | undefined {
  const version = parseNginxVersion(/^nginx version: (\S+)/m.exec(text)?.[1] ?? '');
  if (version === undefined) return undefined;
  const given = (name: string): string | undefined => new RegExp(`(?:^|\\s)--${name}=(\\S+)`).exec(text)?.[1];
  const prefix = given('prefix') ?? '/usr/local/nginx';
  const pathOf = (name: string, usual: string): string => resolve(prefix, given(name) ?? usual);
  const module = resolve(pathOf('modules-path', 'modules'), 'ngx_stream_module.so');
  const isDynamic = /(?:^|\s)--with-stream=dynamic(?:\s|$)/.test(text);
  return {
    program,
    version,
    confPath: pathOf('conf-path', 'conf/nginx.conf'),
    pidPath: pathOf('pid-path', 'logs/nginx.pid'),
    errorLogPath: given('error-log-path') === 'stderr' ? undefined : pathOf('error-log-path', 'logs/error.log'),
    accessLogPath: pathOf('http-log-path', 'logs/access.log'),
    user: given('user'),
    group: given('group'),
    streamModule: isDynamic && existsSync(module) ? module : undefined,
  };
}

/** Source: the directives that the templates use without a choice, `-e` among the flags. */
export function isNewEnough({ version }: NginxBuild): boolean {
  return version.major > 1 || (version.major === 1 && version.minor >= 22);
}
