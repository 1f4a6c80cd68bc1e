/** What a module of nginx is called: in its files, and by people. */
interface Names {
  /** Those of its files, without `.so`. */
  readonly files: readonly string[];
  readonly others: readonly string[];
}

/** Modules that stock nginx does not have, and that the nginx that serves may have all the same; and one that it may have as a file. */
export const NGINX_MODULES = {
  brotli: {
    files: ['ngx_http_brotli_filter_module', 'ngx_http_brotli_static_module'],
    others: ['ngx_brotli'],
  },
  geoip2: { files: ['ngx_http_geoip2_module'], others: [] },
  modsecurity: { files: ['ngx_http_modsecurity_module'], others: ['modsecurity-nginx'] },
  opentelemetry: { files: ['ngx_otel_module'], others: ['otel'] },
  stream: { files: ['ngx_stream_module'], others: [] },
} as const satisfies Readonly<Record<string, Names>>;

export type NginxModuleName = keyof typeof NGINX_MODULES;

/** A module that the nginx that serves has. */
export interface NginxModule {
  readonly name: NginxModuleName;
  /** The path of its file, which nginx is told to load; undefined where it is built in, or loaded otherwise. */
  readonly file?: string;
}

const NAMES: readonly NginxModuleName[] = ['brotli', 'geoip2', 'modsecurity', 'opentelemetry', 'stream'];

/** By all words for them, in small letters. */
const BY_WORD: ReadonlyMap<string, NginxModuleName> = new Map(
  NAMES.flatMap(name => {
    const { files, others } = NGINX_MODULES[name];
    const words = [name, ...files, ...files.map(file => `${file}.so`), ...others];
    return words.map(word => [word, name] as const);
  }),
);

/**
 * Reads what somebody calls a module: its name, that of its file with or without `.so`, or the path of the file, which
 * has a slash; undefined for one that is of no use here.
 */
export function readNginxModule(text: string): NginxModule | undefined {
  const name = BY_WORD.get(text.slice(text.lastIndexOf('/') + 1).toLowerCase());
  if (name === undefined) return undefined;
  if (!text.includes('/')) return { name };
  return text.endsWith('.so') ? { name, file: text } : undefined;
}
