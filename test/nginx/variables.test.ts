import { expect, test } from 'vitest';

import type { FileSet } from '../../src/nginx/file-set.ts';
import { isUsualVariable, USUAL_VARIABLES } from '../../src/routing/nginx-variables.ts';
import { checkNginx } from '../support/nginx.ts';

function logging(variables: readonly string[]): FileSet {
  const formats = variables.map(name => `"$${name}"`).join('\n');
  const text = `pid run/nginx.pid;
error_log logs/error.log;
events {}
http {
client_body_temp_path run/a; proxy_temp_path run/b; fastcgi_temp_path run/c; uwsgi_temp_path run/d; scgi_temp_path run/e;
log_format all ${formats};
access_log logs/access.log all;
server { listen unix:run/nginx.sock; }
}
`;
  const bytes = new TextEncoder().encode(text);
  return { files: [{ path: 'nginx.conf', bytes, isSecret: false, from: [] }], folders: ['logs', 'run'] };
}

test('nginx has all variables that are taken for its own', () => {
  const ofRequests = ['upstream_cookie_a', 'upstream_trailer_a', 'sent_trailer_a', 'http_a', 'cookie_a', 'arg_a'];
  expect(ofRequests.filter(name => !isUsualVariable(name))).toEqual([]);
  expect(checkNginx(logging([...USUAL_VARIABLES, ...ofRequests]))).toMatchObject({ isFine: true });
});

test('nginx refuses others', () => {
  expect(isUsualVariable('no_such')).toBe(false);
  expect(checkNginx(logging(['no_such']))).toMatchObject({ isFine: false });
});
