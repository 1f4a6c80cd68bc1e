import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';

/** Each slip stands where its rule points. */
const SLIPS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: regex
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/use-regex: "true"
spec:
  ingressClassName: nginx
  rules:
  - host: regex.example.com
    http:
      paths:
      - path: /(a+)+$
        pathType: ImplementationSpecific
        backend: {service: {name: web, port: {number: 80}}}
      - path: /find?q=1
        pathType: ImplementationSpecific
        backend: {service: {name: web, port: {number: 81}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: rewrite
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$1}
spec:
  ingressClassName: nginx
  rules:
  - host: rewrite.example.com
    http:
      paths:
      - {path: "/api(/|$)(.*)", pathType: ImplementationSpecific, backend: {service: {name: wbe, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: circle
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/app-root: /app}
spec:
  ingressClassName: nginx
  rules:
  - host: circle.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: circle-app
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/permanent-redirect: https://circle.example.com/}
spec:
  ingressClassName: nginx
  rules:
  - host: circle.example.com
    http:
      paths:
      - {path: /app, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: split, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: split.example.com
  - http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
  - host: bare.example.com
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: wild, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: "*.wild.example.com"
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
  - host: tame.wild.example.com
    http: {paths: [{path: /only, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: exact, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: tame.wild.example.com
    http: {paths: [{path: /only, pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

test('each finding of the routing points to its line and column', async () => {
  const run = await runBin(['lint', '--format', 'compact', '-'], SLIPS);
  const places = run.stdout
    .split('\n')
    .map(line => /^<stdin>:(\d+:\d+): (\w+): .* \[(\S+) /.exec(line)?.slice(1).join(' '));
  expect(places.filter(place => place !== undefined).toSorted()).toEqual(
    [
      '14:15 warning I2N211',
      '17:15 warning I2N221',
      '19:18 error I2N402',
      '33:16 warning I2N213',
      '33:76 warning I2N401',
      '40:55 warning I2N212',
      '69:11 warning I2N208',
      '73:11 note I2N209',
      '83:11 note I2N214',
      '93:27 warning I2N215',
    ].toSorted(),
  );
});
