import { keyOfObject } from '../cluster/object-name.ts';
import type { Service, ServicePort } from '../resources/model.ts';
import type { Reached } from './reached.ts';
import { nowhere, toVia } from './reached.ts';
import { forwardPending, noNodePort, notForwardable } from './rules/outside-cluster.ts';
import { targetPortOf } from './service-ports.ts';
import type { CompileSettings } from './settings.ts';

/** How a port of a Service is reached by who is not in its cluster. */
export type OutsideSettings = Pick<CompileSettings, 'nodeAddresses' | 'forwards'>;

const FORWARD_INSTEAD = 'use --backend-address port-forward';

/** Every node listens on the node port, and hands on what comes. */
export function reachNodePort(service: Service, { nodePort, port }: ServicePort, settings: OutsideSettings): Reached {
  const name = keyOfObject(service.namespace, service.name);
  if (nodePort === undefined) {
    const patch = `kubectl patch service ${service.name} -n ${service.namespace} -p '{"spec":{"type":"NodePort"}}'`;
    const help = `give it one with ${patch}, or ${FORWARD_INSTEAD}`;
    return nowhere(noNodePort, `the Service ${name} has no node port for port "${port}"`, help);
  }
  return toVia(
    'node-port',
    settings.nodeAddresses.map(address => ({ address, port: nodePort })),
  );
}

/**
 * `kubectl port-forward` listens on a local port. Of a headless Service it takes the number of the port for that of the
 * pods; where that is another one, it leads nowhere. Source: kubectl, LookupContainerPortNumberByServicePort.
 */
export function reachForward(service: Service, port: ServicePort, settings: OutsideSettings): Reached {
  const name = keyOfObject(service.namespace, service.name);
  const target = targetPortOf(port);
  if (port.protocol !== 'TCP') {
    const message = `kubectl does not forward the ${port.protocol} port ${port.port} of the Service ${name}`;
    return nowhere(notForwardable, message, 'use another --backend-address');
  }
  if (service.clusterIP === 'None' && target !== port.port) {
    const message = `kubectl cannot forward port ${port.port} of the headless Service ${name}: its pods listen on "${target}"`;
    return nowhere(
      notForwardable,
      message,
      'give the Service a cluster IP, or set `port` and `targetPort` to the same number',
    );
  }
  return throughForward(name, port.port, settings);
}

/** @param service `namespace/name` */
export function throughForward(service: string, port: number, { forwards }: OutsideSettings): Reached {
  const local = forwards.get(`${service}:${port}`);
  if (local !== undefined) return toVia('port-forward', [{ address: '127.0.0.1', port: local }]);
  const message = `no port-forward to Service ${service}, port ${port}, is up yet`;
  return nowhere(forwardPending, message, 'wait: kubectl port-forward is being started for it');
}
