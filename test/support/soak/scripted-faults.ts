import { setTimeout as after } from 'node:timers/promises';

import type { ApiServer, Faults } from '../api-server.ts';
import { descendantsOf } from './processes.ts';
import type { Fault, Scene } from './soak.ts';

const LIST_OR_WATCH = (plural: string) => new RegExp(`/${plural}\\?`, 'u');

const INGRESS = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
const event = (object: object) => JSON.stringify({ type: 'ADDED', object });
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'stray', namespace: 'shop' } };

type FaultOfServer = Omit<Fault, 'isLogged'>;

/** Everything that the scripted server can do wrong, each at least once. */
export function scriptedFaults({ faults }: ApiServer): readonly Fault[] {
  return [
    ...quietFaults(faults).map(fault => ({ ...fault, isLogged: false })),
    ...breakingFaults(faults).map(fault => ({ ...fault, isLogged: false })),
    {
      name: 'garbage arrives',
      isLogged: true,
      happen: async () => faults.sendLine('<html>502 Bad Gateway</html>', 'ingresses'),
    },
    { name: 'kubectl is killed', isLogged: true, happen: killKubectl },
  ];
}

/** After these, watches go on, or seem to. */
function quietFaults(faults: Faults): readonly FaultOfServer[] {
  return [
    // Nobody notices, until everything is listed again for another reason.
    { name: 'a connection says nothing any more', happen: async () => faults.muteWatches('services') },
    {
      name: 'everything stands still',
      happen: async ({ change }) => {
        faults.stall();
        await change(5);
        await after(700);
        faults.resume();
      },
    },
    { name: 'another kind arrives', happen: async () => faults.sendLine(event(secret), 'ingresses') },
    {
      name: 'an object without a name arrives',
      happen: async () => faults.sendLine(event({ ...INGRESS, metadata: {} }), 'ingresses'),
    },
    {
      name: 'an empty list arrives as an event',
      happen: async () => faults.sendLine(event({ ...INGRESS, kind: 'IngressList', items: [] }), 'ingresses'),
    },
  ];
}

/** These end watches, as the server knows. */
function breakingFaults(faults: Faults): readonly FaultOfServer[] {
  return [
    { name: 'all connections are cut', happen: async () => faults.cutWatches() },
    { name: 'one connection is cut', happen: async () => faults.cutWatches('ingresses') },
    { name: 'an event of an Ingress is cut in half', happen: async () => faults.cutInTheMiddle('ingresses') },
    { name: 'an event of a slice is cut in half', happen: async () => faults.cutInTheMiddle('endpointslices') },
    { name: 'all watches end in order', happen: async () => faults.endWatches() },
    { name: 'versions expire', happen: async () => faults.expireWatches('services') },
    {
      name: 'history is forgotten while a connection is cut',
      happen: async ({ change }) => {
        faults.cutWatches('endpointslices');
        await change(5);
        faults.forgetHistory();
      },
    },
    refusal(faults, 'ingresses', 410),
    refusal(faults, 'services', 401),
    refusal(faults, 'endpointslices', 403),
    refusal(faults, 'secrets', 403),
    refusal(faults, 'ingressclasses', 429),
    refusal(faults, 'services', 500),
    refusal(faults, 'secrets', 503),
    {
      name: 'the server is away',
      happen: async ({ change }) => {
        await faults.goAway();
        await change(5);
        await after(700);
        await faults.comeBack();
      },
    },
  ];
}

/** A type is refused for a while, from the next list on. */
function refusal(faults: Faults, plural: string, status: number): FaultOfServer {
  return {
    name: `${plural} are answered with ${status}`,
    happen: async ({ change }) => {
      const retryAfter = status === 429 ? { retryAfterSeconds: 1 } : {};
      const takeBack = faults.answer({ path: LIST_OR_WATCH(plural), status, ...retryAfter });
      faults.cutWatches(plural);
      await change(5);
      await after(300);
      takeBack();
    },
  };
}

/** Of both programs. */
export async function killKubectl({ programs }: Pick<Scene, 'programs'>): Promise<void> {
  const kubectls = programs.flatMap(({ pid }) => descendantsOf(pid)).filter(isProxy);
  if (kubectls.length < programs.length) throw new Error(`only ${kubectls.length} kubectl run`);
  for (const { pid } of kubectls) process.kill(pid, 'SIGKILL');
}

function isProxy({ command }: { readonly command: string }): boolean {
  return /^\S*kubectl\S* .*\bproxy\b/u.test(command);
}
