// @ts-check
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';

/** @typedef {import('./hand-written.mjs').Target} Target */
/** @typedef {{ readonly name: string, readonly port: number }} Running its plain port; the one for TLS is the next */

const MOST = 25;
const PROTOCOLS = /** @type {const} */ ({ http: requestPlain, https: requestTls });

/**
 * The status and the redirect of an answer.
 * @returns {Promise<string>}
 */
function answer(
  /** @type {keyof typeof PROTOCOLS} */ protocol,
  /** @type {number} */ port,
  /** @type {Target} */ { host, path },
) {
  const options = { host: '127.0.0.1', port, path, agent: false, headers: { host } };
  const tls = { servername: host, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const sent = PROTOCOLS[protocol]({ ...options, ...tls }, response => {
      response.resume();
      response.on('end', () => resolve(`${response.statusCode} ${response.headers.location ?? ''}`.trim()));
    });
    sent.on('error', reject).end();
  });
}

/** A path itself, one below it, and one that only begins like it. */
const around = (/** @type {Target} */ { host, path }) =>
  [path, `${path}/below`, `${path}x`].map(each => ({ host, path: each.replace('//', '/') }));

/**
 * Asks all of them the same, for some of the hosts. What answers otherwise is not the equal that it is taken for, and
 * that is an error of the bench.
 */
export async function checkAlike(/** @type {readonly Running[]} */ running, /** @type {readonly Target[]} */ targets) {
  const some = targets.filter((_, index) => index % Math.ceil(targets.length / MOST) === 0);
  for (const target of some.flatMap(around)) {
    for (const [offset, protocol] of /** @type {const} */ (['http', 'https']).entries()) {
      const answers = await Promise.all(running.map(({ port }) => answer(protocol, port + offset, target)));
      const other = answers.findIndex(each => each !== answers[0]);
      if (other < 0) continue;
      const [asked, names] = [`${protocol}://${target.host}${target.path}`, running.map(({ name }) => name)];
      throw new Error(`${asked}: ${names[0]} answers ${answers[0]}, ${names[other]} ${answers[other]}`);
    }
  }
}
