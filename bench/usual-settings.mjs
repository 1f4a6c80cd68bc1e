// @ts-check

/** What a user gets without flags, on ports that anybody may open. */
export const USUAL_SETTINGS = /** @type {const} */ ({
  ingressClass: 'nginx',
  controllerClass: 'k8s.io/ingress-nginx',
  watchWithoutClass: false,
  annotationsPrefix: 'nginx.ingress.kubernetes.io/',
  listen: ['0.0.0.0', '::'],
  httpPort: 8080,
  httpsPort: 8443,
  backendAddress: 'auto',
  nodeAddresses: [],
  clusterDomain: 'cluster.local',
  resolvers: [],
  machineResolvers: [],
  localNames: new Map(),
  isCluster: false,
  expireDays: 14,
});
