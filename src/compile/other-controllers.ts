import type { Ingress } from '../resources/model.ts';

/*
 * How Ingresses of other controllers are known. Source: the documentation of each of these controllers.
 */

/** Names of classes that other controllers have by default, and variants of them. */
const CLASSES =
  /^(?:alb|traefik|gce|haproxy|kong|istio|contour|cilium|apisix|higress|mse|caddy|tailscale|ngrok|skipper|voyager|gloo|ambassador|emissary|tyk|pomerium|citrix|avi|ako|f5|nsx|azure-application-gateway|azure[-/]application-gateway|cloudflare-tunnel|cloudflared?|openshift(?:-default)?|merge|addon-http-application-routing|aws-alb|aws-load-balancer|wallarm|easegress|bfe|envoy|cce|qcloud|slb|ibm-?cloud|iks|nginx-?plus|nginx-?inc|nginx\.org)(?:[-_./].*|\d*)$/i;

/** What annotations of other controllers begin with. */
const ANNOTATIONS: readonly string[] = [
  'alb.ingress.kubernetes.io/',
  'traefik.ingress.kubernetes.io/',
  'traefik.io/',
  'haproxy.org/',
  'haproxy-ingress.github.io/',
  'ingress.haproxy.org/',
  'konghq.com/',
  'configuration.konghq.com',
  'networking.gke.io/',
  'cloud.google.com/',
  'ingress.gcp.kubernetes.io/',
  'kubernetes.io/ingress.global-static-ip-name',
  'kubernetes.io/ingress.allow-http',
  'appgw.ingress.kubernetes.io/',
  'nginx.org/',
  'nginx.com/',
  'projectcontour.io/',
  'k8s.apisix.apache.org/',
  'ingress.cilium.io/',
  'route.openshift.io/',
  'ingress.pomerium.io/',
  'ingress.bluemix.net/',
  'tailscale.com/',
];

const OURS = 'nginx.ingress.kubernetes.io/';

/** Whether a class belongs to another controller, by its name alone. */
export function isOtherClass(name: string): boolean {
  return CLASSES.test(name);
}

/** Whether the `controller` of an IngressClass is surely no ingress-nginx, under whatever name that was started. */
export function isOtherControllerName(controller: string): boolean {
  return !controller.startsWith('k8s.io/') && !(/nginx/i.test(controller) && !/nginx\.(?:org|com)/i.test(controller));
}

/** Whether the annotations of an Ingress are those of another controller, and none is of ours. */
export function isOfOtherController({ annotations }: Pick<Ingress, 'annotations'>): boolean {
  const names = Object.keys(annotations);
  if (names.some(name => name.startsWith(OURS))) return false;
  return names.some(name => ANNOTATIONS.some(prefix => name.startsWith(prefix)));
}
