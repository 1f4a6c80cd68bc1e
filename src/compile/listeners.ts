import type { ControllerConfig } from '../options/config.ts';
import type { Listeners } from '../routing/model.ts';
import type { CompileSettings } from './settings.ts';

/** Where clients connect, and how their connections begin. */
export function chooseListeners(
  { listen, httpPort, httpsPort }: CompileSettings,
  { values }: ControllerConfig,
): Listeners {
  return {
    addresses: listen,
    httpPort,
    httpsPort,
    ...(values['use-proxy-protocol'] === true ? { takesProxyProtocol: true } : {}),
  };
}
