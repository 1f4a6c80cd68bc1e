import type { FileSet } from '../../src/nginx/file-set.ts';
import type { Candidate } from '../../src/live/apply/model.ts';

/** What a small configuration answers with, and what else it asks of nginx. */
export interface Wish {
  readonly port: number;
  readonly answer: string;
  /** Lines in http{}. */
  readonly more?: string;
  /** Lines in the only location, before its answer. */
  readonly location?: string;
  /** A port to send requests to, instead of an answer. */
  readonly proxyTo?: number;
  /** By name: password files. */
  readonly users?: Readonly<Record<string, string>>;
  /** For an nginx that knows by itself where its pid and its log are. */
  readonly isBare?: boolean;
  /** Lines behind http{}. */
  readonly tail?: string;
  /** The file of the error log, and its level. */
  readonly errorLog?: string;
  /** Other addresses to listen on, such as `127.0.0.1:8081`. */
  readonly listen?: readonly string[];
}

/** A configuration in the shape that the render stage gives, as small as can be. */
export function candidateOf(wish: Wish): Candidate {
  const files = [
    ...Object.entries(wish.users ?? {}).map(([name, text]) => file(`auth/${name}`, text, true)),
    file('nginx.conf', confOf(wish), false),
  ];
  const fileSet: FileSet = { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), folders: ['logs', 'run'] };
  const target = { kind: 'status', code: 200, reason: 'test' } as const;
  const route = { host: '_', match: 'prefix', path: '/', target, tls: { kind: 'reject' }, policies: [] } as const;
  return {
    files: fileSet,
    routes: [{ ...route, ingress: `Ingress shop/${wish.answer}` }],
    addresses: ['0.0.0.0'],
    ports: wish.listen === undefined ? [wish.port] : [],
  };
}

function file(path: string, text: string, isSecret: boolean) {
  return { path, bytes: new TextEncoder().encode(text), isSecret, from: [] };
}

function confOf(wish: Wish): string {
  const { port, answer, more = '', location = '', tail = '', proxyTo, isBare, listen = [String(port)] } = wish;
  const { errorLog = 'logs/error.log notice' } = wish;
  return `worker_processes 2;
worker_shutdown_timeout 5s;
${isBare === true ? '' : `pid run/nginx.pid; error_log ${errorLog};`}
events {
    worker_connections 512;
}
http {
    client_body_temp_path run/client_body;
    proxy_temp_path run/proxy;
    fastcgi_temp_path run/fastcgi;
    uwsgi_temp_path run/uwsgi;
    scgi_temp_path run/scgi;
    access_log off;
    default_type text/plain;
    ${more}
    server {
        ${listen.map(address => `listen ${address};`).join(' ')}
        location / {
            ${location}
            ${proxyTo === undefined ? 'try_files /none @answer;' : `proxy_pass http://127.0.0.1:${proxyTo};`}
        }
        location @answer {
            return 200 "${answer}";
        }
    }
}
${tail}`;
}
