import type { Problem } from './lexer.ts';
import type { Directive } from './parse.ts';

/** Directives that run code, load it, or reach files that are not nginx's to serve. */
const BLOCKED: ReadonlySet<string> = new Set([
  'alias',
  'create_full_put_path',
  'daemon',
  'debug_points',
  'env',
  'error_log',
  'events',
  'google_perftools_profiles',
  'http',
  'include',
  'js_import',
  'load_module',
  'lock_file',
  'mail',
  'master_process',
  'pid',
  'random_index',
  'root',
  'ssl_engine',
  'ssl_object_cache_inheritable',
  'stream',
  'try_files',
  'user',
  'working_directory',
  'xslt_stylesheet',
  'xml_entities',
]);
const BLOCKED_NAMES =
  /^(?:acme|dav|geoip2?|init|js|lua|mgmt|modsecurity|njs|opentelemetry|opentracing|otel|perl|quickjs|upload|vod|wasm)(?:_|$)|_by_lua|_(?:file|path|paths|certificate|certificate_key|cert|crl|dhparam|engine|conf_command|store|store_access|ticket_key|host_key|load_tracer|state)$/;

/** Paths of files in such directives are taken where they lie in the folder of the output. */
const WITH_PATH: ReadonlySet<string> = new Set([
  'access_log',
  'proxy_cache_path',
  'fastcgi_cache_path',
  'scgi_cache_path',
  'uwsgi_cache_path',
]);

/** Why a directive must not stay as it is, or one in its block; undefined where it may. */
export function problemOfBlocked({ name, args, body }: Directive): Problem | undefined {
  const problem =
    problemOfName(name.text) ??
    problemOfArguments(
      name.text,
      args.map(({ text }) => text),
    );
  if (problem !== undefined) return { offset: name.offset, ...problem };
  for (const inner of body ?? []) {
    const found = problemOfBlocked(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function problemOfName(name: string): Omit<Problem, 'offset'> | undefined {
  const plain = name.toLowerCase();
  if (plain.includes('_by_lua') || plain.startsWith('lua_')) {
    return { message: `"${name}" runs Lua, which stock nginx does not have`, help: 'write it without Lua' };
  }
  if (WITH_PATH.has(plain)) return undefined;
  if (!BLOCKED.has(plain) && !BLOCKED_NAMES.test(plain)) return undefined;
  return { message: `"${name}" is never taken: it reaches files or code outside of nginx.conf`, help: 'remove it' };
}

function problemOfArguments(name: string, args: readonly string[]): Omit<Problem, 'offset'> | undefined {
  const all = args.join(' ');
  if (args.some(arg => /(?:^|[/\\=:])\.\.(?:[/\\]|$)/.test(arg))) {
    return { message: `"${name}" names a folder above with ".."`, help: 'remove it' };
  }
  if (/(?:^|[\s:/=])unix:/i.test(all)) return { message: `"${name}" names a socket of the machine`, help: 'remove it' };
  if (!WITH_PATH.has(name.toLowerCase())) return undefined;
  const [path = ''] = args;
  if (path === 'off' || /^[\w-][\w./-]*$/.test(path)) return undefined;
  return {
    message: `"${name}" writes to "${path}", which is not in the folder of the output`,
    help: name === 'access_log' ? 'write off, or a path such as logs/my.log' : 'write a path such as run/cache',
  };
}
