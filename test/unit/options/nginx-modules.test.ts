import { expect, test } from 'vitest';

import { readNginxModule } from '../../../src/options/nginx-modules.ts';

test.each([
  { text: 'brotli', module: { name: 'brotli' } },
  { text: 'Brotli', module: { name: 'brotli' } },
  { text: 'ngx_http_brotli_filter_module', module: { name: 'brotli' } },
  { text: 'ngx_http_brotli_static_module.so', module: { name: 'brotli' } },
  { text: 'ngx_brotli', module: { name: 'brotli' } },
  { text: 'geoip2', module: { name: 'geoip2' } },
  { text: 'modsecurity', module: { name: 'modsecurity' } },
  { text: 'modsecurity-nginx', module: { name: 'modsecurity' } },
  { text: 'opentelemetry', module: { name: 'opentelemetry' } },
  { text: 'otel', module: { name: 'opentelemetry' } },
  { text: 'ngx_otel_module.so', module: { name: 'opentelemetry' } },
  {
    text: '/usr/lib/nginx/modules/ngx_http_geoip2_module.so',
    module: { name: 'geoip2', file: '/usr/lib/nginx/modules/ngx_http_geoip2_module.so' },
  },
  { text: 'stream', module: { name: 'stream' } },
  { text: '/m/ngx_stream_module.so', module: { name: 'stream', file: '/m/ngx_stream_module.so' } },
  { text: 'modules/ngx_otel_module.so', module: { name: 'opentelemetry', file: 'modules/ngx_otel_module.so' } },
])('$text is a module', ({ text, module }) => {
  expect(readNginxModule(text)).toEqual(module);
});

test.each([
  '',
  'lua',
  'ngx_http_lua_module.so',
  '/usr/lib/nginx/modules/',
  '/modules/brotli',
  'brotli,geoip2',
  ' brotli',
])('"%s" is none', text => {
  expect(readNginxModule(text)).toBeUndefined();
});
