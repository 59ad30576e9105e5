// Demonstrations of the built program, each with a data folder of its own. The town is made and read once; each copy starts from it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { everythingIsRead } from './site.mjs';

const PATIENTS = process.env.PATIENTS ?? '18';

/** A port that nobody listens on. */
async function free() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Serves the store of a folder, with these arguments besides, until `stop`. */
export async function serve(binary, folder, more) {
  const log = openSync(join(folder, 'log.txt'), 'a');
  // By name, for passkeys belong to a name and not to an address.
  const port = await free();
  const url = `http://localhost:${port}`;
  const given = ['--log', 'text', 'serve', '--listen', `127.0.0.1:${port}`, '--base-url', url, '--data', join(folder, 'data'), ...more];
  const child = spawn(binary, given, { stdio: ['ignore', 'pipe', log] });
  const ended = new Promise((done) => child.once('exit', done));
  const lines = createInterface({ input: child.stdout });
  await new Promise((done, fail) => {
    lines.on('line', (line) => line.startsWith('dmp: listening on ') && done());
    ended.then(() => fail(new Error(`${binary} ended before it listened; see ${join(folder, 'log.txt')}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * Where journeys go. An address is taken as it is; the path of a program gives a fresh demonstration at each call of `fresh`.
 * `SERVE` in the environment holds further arguments of `dmp serve`, and so does `besides`.
 */
export async function place(given, browser, { atOnce = false, besides = [] } = {}) {
  const more = [...(process.env.SERVE ?? '').split(' ').filter(Boolean), ...besides];
  const start = (binary, folder) => serve(binary, folder, ['--demo', '--patients', PATIENTS, ...more]);
  if (/^https?:/.test(given)) {
    const url = given.replace(/\/$/, '');
    if (!atOnce) await everythingIsRead(browser, url);
    return { isFresh: false, fresh: async () => ({ url, stop: async () => {} }), close: async () => {} };
  }
  const root = mkdtempSync(join(tmpdir(), 'dmp-person-'));
  const town = join(root, 'town');
  mkdirSync(town);
  const first = await start(given, town);
  if (!atOnce) await everythingIsRead(browser, first.url);
  await first.stop();
  let copies = 0;
  return {
    isFresh: true,
    async fresh() {
      const copy = join(root, `copy-${(copies += 1)}`);
      cpSync(town, copy, { recursive: true });
      const demo = await start(given, copy);
      return {
        url: demo.url,
        async stop() {
          await demo.stop();
          rmSync(copy, { recursive: true, force: true });
        },
      };
    },
    close: async () => rmSync(root, { recursive: true, force: true }),
  };
}
