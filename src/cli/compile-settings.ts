import type { CompileSettings } from '../compile/settings.ts';
import { localNames } from '../live/machine-names.ts';
import { machineResolvers } from '../live/machine-resolvers.ts';
import type { ClockFlags } from './clock-flags.ts';
import type { CompileFlags } from './settings.ts';
import type { VersionFlags } from './version-flags.ts';
import { worldOfOutput } from './world-flags.ts';

/** Most programs renew certificates 30 days before their end, and try again each day. */
const EXPIRE_DAYS = 14;

/** @param now Milliseconds since 1970. */
export function compileSettings(
  flags: CompileFlags & Pick<ClockFlags, 'expireDays'> & VersionFlags,
  now: number,
): CompileSettings {
  const snippets = flags.allowSnippets === true ? 'all' : flags.snippets;
  const { defaultBackendService, defaultSslCertificate, controllerConfig, tcpServicesConfigmap, udpServicesConfigmap } =
    flags;
  const world = flags.world ?? worldOfOutput(flags);
  return {
    ingressClass: flags.ingressClass,
    controllerClass: flags.controllerClass,
    watchWithoutClass: flags.watchIngressWithoutClass ?? false,
    annotationsPrefix: `${flags.annotationsPrefix}/`,
    ...(flags.kubernetesVersion === undefined ? {} : { kubernetesVersion: flags.kubernetesVersion }),
    ...(flags.controllerVersion === undefined ? {} : { controllerVersion: flags.controllerVersion }),
    listen: flags.listen,
    httpPort: flags.httpPort,
    httpsPort: flags.httpsPort,
    backendAddress: flags.backendAddress,
    nodeAddresses: flags.nodeAddress,
    forwards: new Map<string, number>(),
    clusterDomain: flags.clusterDomain,
    resolvers: flags.resolver,
    machineResolvers: flags.servesHere === true ? machineResolvers() : [],
    localNames: flags.isCheck === true ? new Map<string, readonly string[]>() : localNames(),
    isCluster: false,
    now,
    expireDays: flags.expireDays ?? EXPIRE_DAYS,
    ...(defaultBackendService === undefined ? {} : { defaultBackendService }),
    ...(defaultSslCertificate === undefined ? {} : { defaultSslCertificate }),
    ...(flags.nginxModule.length === 0 ? {} : { nginxModules: flags.nginxModule }),
    ...(controllerConfig === undefined ? {} : { controllerConfig }),
    ...(snippets === undefined ? {} : { snippets }),
    ...(tcpServicesConfigmap === undefined ? {} : { tcpServicesConfigMap: tcpServicesConfigmap }),
    ...(flags.listensAsUsual === true ? {} : { isListenGiven: true }),
    ...(flags.enableSslPassthrough === false ? { withoutPassthrough: true } : {}),
    ...(flags.sslPassthroughProxyPort === undefined ? {} : { sslPassthroughProxyPort: flags.sslPassthroughProxyPort }),
    ...(world === undefined ? {} : { world }),
    ...(flags.isCheck === true ? { isCheck: true } : {}),
    ...(flags.notes === false ? { withoutNotes: true } : {}),
    ...(udpServicesConfigmap === undefined ? {} : { udpServicesConfigMap: udpServicesConfigmap }),
  };
}
