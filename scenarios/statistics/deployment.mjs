// The stores that the statistics are looked at on, each served by the built program in a folder of its own: the deployment of 2018 on the Monday
// after its last whole week, one record for 2,000 or as many as SCALE says; and a store in which nothing was ever opened.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../person/demo.mjs';

const SCALE = process.env.SCALE ?? '2000';
/** The last whole week is 2018-W50. */
const NOW = Date.parse('2018-12-17T12:00:00Z');
const COSTS = 'from;cents;label\n2018-01-01;50000000;licences et serveurs\n';
/** Nobody is told to come back later: one browser asks for everything. */
const UNLIMITED = ['--strangers-per-address', '0'];

const folder = () => mkdtempSync(join(tmpdir(), 'dmp-statistics-'));
const standing = (root, server) => ({
  url: server.url,
  stop: async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  },
});

/** The deployment, served. */
export async function deployed(program) {
  const root = folder();
  execFileSync(program, ['--log', 'off', 'simulate', 'deployment', '--scenario', '2018', '--scale', SCALE, '--data', join(root, 'data')], { stdio: 'ignore' });
  const [shift, costs, pilot] = [join(root, 'shift'), join(root, 'costs.csv'), join(root, 'pilot')];
  writeFileSync(shift, `${Math.round((NOW - Date.now()) / 1_000)}`);
  writeFileSync(costs, COSTS);
  writeFileSync(pilot, 'preset 2017\n');
  return standing(root, await serve(program, root, [...UNLIMITED, '--clock-shift', shift, '--costs', costs, '--pilot', pilot]));
}

/** A store of nobody, served. */
export async function empty(program) {
  const root = folder();
  mkdirSync(join(root, 'data'));
  return standing(root, await serve(program, root, UNLIMITED));
}

/** What journeys go through: pages that nobody changes, so one server does for every way of use. An address is taken as it is. */
export async function stands(given) {
  const own = /^https?:/.test(given) ? { url: given.replace(/\/$/, ''), stop: async () => {} } : await deployed(given);
  return { isFresh: false, fresh: async () => ({ url: own.url, stop: async () => {} }), close: own.stop };
}
