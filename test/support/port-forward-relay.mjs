// @ts-check
// Plays `kubectl port-forward`: node port-forward-relay.mjs FOLDER …words of kubectl
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const [folder = '', ...words] = process.argv.slice(2);
const path = (/** @type {string} */ name) => join(folder, name);
const read = (/** @type {string} */ name) =>
  existsSync(path(name)) ? JSON.parse(readFileSync(path(name), 'utf8')) : undefined;

const began = `${Date.now()}`.padStart(15, '0');
const entry = `run-${began}-${String(process.pid).padStart(7, '0')}`;
writeFileSync(path(`new-${entry}`), JSON.stringify({ pid: process.pid, words }));
renameSync(path(`new-${entry}`), path(entry));

const namespace = words.find(word => word.startsWith('--namespace='))?.slice('--namespace='.length);
const service = words.find(word => word.startsWith('service/'))?.slice('service/'.length);
const pairs = words.filter(word => /^\d+:\d+$/.test(word)).map(word => word.split(':').map(Number));

function end(/** @type {string} */ stderr) {
  process.stderr.write(`${stderr}\n`, () => process.exit(1));
}

function listen(/** @type {readonly number[][]} */ rest) {
  const [[local, remote] = [], ...others] = rest;
  if (local === undefined) return;
  const server = createServer(client => {
    process.stdout.write(`Handling connection for ${local}\n`);
    const port = read('table.json')[`${namespace}/${service}:${remote}`];
    if (port === undefined) {
      client.destroy();
      return;
    }
    const pod = connect(port, '127.0.0.1');
    pod.on('error', () => client.destroy());
    client.on('error', () => pod.destroy());
    client.pipe(pod).pipe(client);
  });
  server.on('error', error => {
    process.stderr.write(`Unable to listen on port ${local}: Listeners failed to create: [${error.message}]\n`);
    end(`error: unable to listen on any of the requested ports: [{${local} ${remote}}]`);
  });
  server.listen(local, '127.0.0.1', () => {
    process.stdout.write(`Forwarding from 127.0.0.1:${local} -> ${remote}\n`);
    listen(others);
  });
}

function begin() {
  const disturbance = read('disturbance.json');
  if (disturbance?.kind === 'fails') end(disturbance.stderr);
  else if (disturbance?.kind === 'waits') setTimeout(begin, 20);
  else if (disturbance?.kind === 'occupied') {
    process.stderr.write(`Unable to listen on port ${pairs[0]?.[0]}: Listeners failed to create: [address in use]\n`);
    setTimeout(() => listen(pairs.slice(1)), 0);
    setInterval(() => undefined, 1_000);
  } else listen(pairs);
}

begin();
