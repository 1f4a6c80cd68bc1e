import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { findMaster, placeIn } from '../../../src/live/apply/nginx-processes.ts';
import { answerOn, leftoversIn, NEVER, statusOf, withState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import type { Wish } from '../../support/candidates.ts';
import { bundleProgram } from '../../support/program-bundle.ts';
import type { BundledProgram } from '../../support/program-bundle.ts';
import type { Killing } from '../../support/programs/killed-apply.ts';
import { until } from '../../support/until.ts';

/** More than any of these runs has: a loop that goes on for longer never ends. */
const MOST_STEPS = 60;
/** Others need the processor as well. */
const BETWEEN_QUESTIONS_MS = 10;

let program: BundledProgram;

beforeAll(async () => {
  program = await bundleProgram('killed-apply');
});

afterAll(() => program.remove());

interface Ended {
  readonly isKilled: boolean;
  readonly steps: readonly string[];
}

function run(killing: Killing): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const words = [program.path, JSON.stringify(killing)];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', chunk => void (said += String(chunk)));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL' || code === 0)
        resolve({ isKilled: signal === 'SIGKILL', steps: said.trim().split('\n') });
      else reject(new Error(`it ended with ${code ?? signal}`));
    });
  });
}

/** Kills a run at its first step, a run at its second, and so on, until one gets to its end; gives the steps of that. */
async function atEveryStep(killed: (killAt: number) => Promise<Ended>): Promise<readonly string[]> {
  for (let killAt = 1; killAt <= MOST_STEPS; killAt += 1) {
    const { isKilled, steps } = await killed(killAt);
    if (!isKilled) return steps;
  }
  throw new Error(`more than ${MOST_STEPS} steps`);
}

/** Asks all the while, on a new connection each time, and says which answers came; undefined for none. */
function askAllTheWhile(port: number): () => Promise<ReadonlySet<string | undefined>> {
  const answers = new Set<string | undefined>();
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      answers.add(await answerOn(port));
      await new Promise(resolve => void setTimeout(resolve, BETWEEN_QUESTIONS_MS));
    }
  })();
  return async () => {
    over.abort();
    await asking;
    return answers;
  };
}

function watching(purpose: 'apply' | 'apply --watch'): Pick<Killing, 'purpose'> {
  return purpose === 'apply' ? {} : { purpose };
}

/** Nothing of a run that was killed is left, and all that is known agrees. */
async function expectClean({ folder }: TestState, lastError?: string): Promise<void> {
  const status = await statusOf(folder);
  expect(status).toMatchObject({ isInterrupted: false, orphans: 0, holder: undefined });
  expect(status.lastError?.problem).toEqual(lastError);
  expect(basename(readlinkSync(join(folder, 'current')))).toBe(status.release?.id);
  expect(leftoversIn(folder)).toEqual([]);
  const names = readdirSync(join(folder, 'releases'));
  const releases = names.filter(name => !name.endsWith('.json')).toSorted();
  expect(names.filter(name => name.endsWith('.json')).toSorted()).toEqual(releases.map(name => `.${name}.json`));
  expect(releases.length).toBeLessThanOrEqual(2);
  expect(readdirSync(join(folder, 'current/auth'))).toHaveLength(1);
}

/** Each has a password file of its own, so that there is something to carry over. */
function wishOf(port: number, answer: string): Wish {
  return { port, answer, users: { [`users-${answer}`]: 'ann:x\n' } };
}

test.concurrent('the first apply, killed anywhere, leaves nothing or what it wanted, and the next one puts it right', async () => {
  const steps = await atEveryStep(async killAt => {
    let ended: Ended = { isKilled: false, steps: [] };
    await withState(async (state, port) => {
      const wish = wishOf(port, 'one');
      ended = await run({ folder: state.folder, wish, killAt });
      expect([undefined, 'one']).toContain(await answerOn(port));
      expect(['serving', 'unchanged']).toContain((await state.apply(wish)).kind);
      expect(await answerOn(port)).toBe('one');
      await expectClean(state);
    });
    return ended;
  });
  expect(steps).toEqual(expect.arrayContaining(['record the switch', 'start nginx', 'record the end of the switch']));
});

/** Whoever watches lets nginx test by the reload alone. */
const PURPOSES = ['apply', 'apply --watch'] as const;

test.concurrent.each(PURPOSES)(
  '%s, killed anywhere, leaves the old or the new one serving, and the next one puts it right',
  async purpose => {
    await withState(async (state, port) => {
      await state.apply(wishOf(port, 'n0'));
      const steps = await atEveryStep(async killAt => {
        const [old, wanted] = [`n${killAt - 1}`, `n${killAt}`];
        const wish = wishOf(port, wanted);
        const stopAsking = askAllTheWhile(port);
        const ended = await run({ folder: state.folder, wish, killAt, ...watching(purpose) });
        const outcome = await state.apply(wish, { keepReleases: 2, purpose });
        expect([...(await stopAsking())].filter(answer => answer !== old && answer !== wanted)).toEqual([]);
        expect(['serving', 'unchanged']).toContain(outcome.kind);
        expect(await answerOn(port)).toBe(wanted);
        await expectClean(state);
        return ended;
      });
      expect(steps).toEqual(
        expect.arrayContaining(['carry auth/users-n0 over', 'reload nginx', 'look at nginx'].slice(1)),
      );
      expect(steps.some(step => step.startsWith('carry auth/'))).toBe(true);
    });
  },
);

/** Both are seen by nginx only: by its test the one, by its reload the other. */
const BAD = {
  refused: { more: 'nonsense on;' },
  'not loaded': { more: 'limit_req_zone $uri zone=all:1m rate=100r/s;', location: 'limit_req zone=all burst=50;' },
} as const;

const REFUSED = 'nginx rejects the configuration: unknown directive "nonsense" in nginx.conf:15';

test.concurrent.each([
  { purpose: 'apply' as const, name: 'refused' as const, problem: REFUSED },
  { purpose: 'apply --watch' as const, name: 'refused' as const, problem: REFUSED },
  { purpose: 'apply' as const, name: 'not loaded' as const, problem: 'nginx failed to reload' },
  { purpose: 'apply --watch' as const, name: 'not loaded' as const, problem: 'nginx failed to reload' },
])('$purpose that is $name, killed anywhere, leaves the old one serving', async ({ purpose, name, problem }) => {
  await withState(async (state, port) => {
    const zone = { more: 'limit_req_zone $host zone=all:1m rate=100r/s;', location: 'limit_req zone=all burst=50;' };
    await state.apply({ ...wishOf(port, 'old'), ...zone });
    const bad = { ...wishOf(port, 'bad'), ...BAD[name] };
    const stopAsking = askAllTheWhile(port);
    await atEveryStep(async killAt => {
      const ended = await run({ folder: state.folder, wish: bad, killAt, ...watching(purpose) });
      const outcome = await state.apply(bad, { keepReleases: 2, purpose });
      expect(outcome.kind).toBe(name === 'refused' ? 'refused' : 'rolled-back');
      await expectClean(state, problem);
      return ended;
    });
    expect([...(await stopAsking())]).toEqual(['old']);
  });
});

test.concurrent('a rollback, killed anywhere, leaves either, and the next one puts it right', async () => {
  await withState(async (state, port) => {
    await state.apply(wishOf(port, 'one'));
    const stopAsking = askAllTheWhile(port);
    await atEveryStep(async killAt => {
      await state.apply(wishOf(port, 'two'), { keepReleases: 2 });
      const ended = await run({ folder: state.folder, wish: undefined, killAt });
      // That the run was killed after its last change makes the release before it the current one already.
      await state.work(applier => applier.rollback(undefined, NEVER), { keepReleases: 2 });
      expect(await answerOn(port)).toBe('one');
      await expectClean(state);
      return ended;
    });
    expect(await stopAsking()).toEqual(new Set(['one', 'two']));
  });
});

test.concurrent('an apply that was killed is settled though the next input is refused', async () => {
  await withState(async (state, port) => {
    const bad = { ...wishOf(port, 'bad'), ...BAD.refused };
    await atEveryStep(async killAt => {
      await state.apply(wishOf(port, 'old'), { keepReleases: 2 });
      const ended = await run({ folder: state.folder, wish: wishOf(port, 'new'), killAt });
      expect((await state.apply(bad, { keepReleases: 2 })).kind).toBe('refused');
      await expectClean(state, 'nginx rejects the configuration: unknown directive "nonsense" in nginx.conf:15');
      const [route] = (await statusOf(state.folder)).release?.routes ?? [];
      expect(`Ingress shop/${await answerOn(port)}`).toBe(route?.ingress);
      return ended;
    });
  });
});

test.concurrent('a stop after an apply that was killed takes the switch back', async () => {
  await withState(async (state, port) => {
    await state.apply(wishOf(port, 'one'));
    await atEveryStep(async killAt => {
      const ended = await run({ folder: state.folder, wish: wishOf(port, 'two'), killAt });
      await state.work(applier => applier.stopNginx(NEVER), { purpose: 'stop' });
      expect(await answerOn(port)).toBeUndefined();
      expect((await statusOf(state.folder)).isInterrupted).toBe(false);
      await state.apply(wishOf(port, 'one'), { keepReleases: 2 });
      expect(await answerOn(port)).toBe('one');
      await expectClean(state);
      return ended;
    });
  });
});

test.concurrent('an apply that has to start nginx, killed anywhere, is put right by the next one', async () => {
  await withState(async (state, port) => {
    await state.apply(wishOf(port, 'n0'));
    const place = placeIn(state.folder, 'run/nginx.pid');
    const steps = await atEveryStep(async killAt => {
      process.kill(findMaster(place)?.pid ?? 0, 'SIGKILL');
      await until(() => findMaster(place) === undefined);
      const wish = wishOf(port, `n${killAt}`);
      const ended = await run({ folder: state.folder, wish, killAt });
      expect(['serving', 'unchanged']).toContain((await state.apply(wish, { keepReleases: 2 })).kind);
      expect(await answerOn(port)).toBe(`n${killAt}`);
      await expectClean(state);
      return ended;
    });
    expect(steps.some(step => step.startsWith('end worker '))).toBe(true);
  });
});
