import { expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { reportMisspeltClasses } from '../../../src/compile/misspelt-class.ts';
import { selectIngresses } from '../../../src/compile/selection.ts';
import { classOf, ingressOf, settingsOf } from '../../support/resources.ts';

const CLASS = 'kubernetes.io/ingress.class';
const OURS = 'k8s.io/ingress-nginx';
const withoutClass = ingressOf({ className: null });
const annotated = (value: string) => ingressOf({ className: null, annotations: { [CLASS]: value } });

test.each([
  { name: 'the class nginx without its object', ingress: ingressOf() },
  { name: 'the class nginx of our controller', classes: [classOf('nginx')], ingress: ingressOf() },
  {
    name: 'the class nginx of another controller',
    classes: [classOf('nginx', 'nginx.org/ingress-controller')],
    ingress: ingressOf(),
    reason: 'its class "nginx" belongs to the controller nginx.org/ingress-controller',
  },
  {
    name: 'a class of another name and our controller',
    classes: [classOf('edge')],
    ingress: ingressOf({ className: 'edge' }),
  },
  {
    name: 'an unknown class',
    ingress: ingressOf({ className: 'edge' }),
    reason: 'its ingress class is "edge"',
  },
  {
    name: 'an empty class',
    ingress: ingressOf({ className: '' }),
    reason: 'its ingress class is ""',
  },
  {
    name: 'the class that --ingress-class names',
    ingress: ingressOf({ className: 'edge' }),
    flags: { ingressClass: 'edge' },
  },
  {
    name: 'nginx when --ingress-class names another',
    ingress: ingressOf(),
    flags: { ingressClass: 'edge' },
    reason: 'its ingress class is "nginx"',
  },
  {
    name: 'a class of the controller that --controller-class names',
    classes: [classOf('edge', 'acme.io/edge')],
    ingress: ingressOf({ className: 'edge' }),
    flags: { controllerClass: 'acme.io/edge' },
  },
  {
    name: 'a class of our usual controller when --controller-class names another',
    classes: [classOf('nginx', OURS)],
    ingress: ingressOf(),
    flags: { controllerClass: 'acme.io/edge' },
    reason: 'its class "nginx" belongs to the controller k8s.io/ingress-nginx',
  },
  { name: 'our class annotation', ingress: annotated('nginx') },
  { name: 'another class annotation', ingress: annotated('traefik'), reason: 'its class annotation is "traefik"' },
  { name: 'an empty class annotation', ingress: annotated(''), reason: 'its class annotation is ""' },
  {
    name: 'our annotation, which does not look at IngressClasses',
    classes: [classOf('nginx', 'nginx.org/ingress-controller')],
    ingress: annotated('nginx'),
  },
  {
    name: 'the annotation of a class of our controller that has another name',
    classes: [classOf('edge')],
    ingress: annotated('edge'),
    reason: 'its class annotation is "edge"',
  },
  {
    name: 'another class in the field and ours in the annotation',
    ingress: ingressOf({ className: 'traefik', annotations: { [CLASS]: 'nginx' } }),
    reason: 'its ingress class is "traefik"',
  },
  {
    name: 'our class in the field and another in the annotation',
    ingress: ingressOf({ annotations: { [CLASS]: 'traefik' } }),
  },
  { name: 'no class', ingress: withoutClass, reason: 'it has no ingress class' },
  { name: 'no class when those are wanted', ingress: withoutClass, flags: { watchWithoutClass: true } },
  {
    name: 'a foreign annotation when those without class are wanted',
    ingress: annotated('traefik'),
    flags: { watchWithoutClass: true },
    reason: 'its class annotation is "traefik"',
  },
  { name: 'no class where ours is the default', classes: [classOf('edge', OURS, true)], ingress: withoutClass },
  {
    name: 'no class where another one is the default',
    classes: [classOf('nginx'), classOf('traefik', 'traefik.io/ingress-controller', true)],
    ingress: withoutClass,
    reason: 'its class "traefik" belongs to the controller traefik.io/ingress-controller',
  },
  {
    name: 'our annotation where another class is the default',
    classes: [classOf('traefik', 'traefik.io/ingress-controller', true)],
    ingress: annotated('nginx'),
  },
  {
    name: 'no class and two defaults, of which the first by name counts',
    classes: [classOf('b', OURS, true), classOf('a', 'traefik.io/ingress-controller', true)],
    ingress: withoutClass,
    reason: 'its class "a" belongs to the controller traefik.io/ingress-controller',
  },
])('$name', ({ classes = [], ingress, flags = {}, reason }) => {
  const cluster = indexCluster([...classes, ingress], () => undefined);
  const { ours, leftOut } = selectIngresses(cluster, settingsOf(flags));
  expect(leftOut).toEqual(reason === undefined ? [] : [{ ingress: 'shop/web', reason }]);
  expect(ours).toEqual(reason === undefined ? [ingress] : []);
});

test('the order of age is kept', () => {
  const [old, young] = [
    ingressOf({ name: 'old', createdAt: '2020-01-01T00:00:00Z' }),
    ingressOf({ name: 'young', createdAt: '2021-01-01T00:00:00Z' }),
  ];
  const cluster = indexCluster([young, old], () => undefined);
  expect(selectIngresses(cluster, settingsOf()).ours).toEqual([old, young]);
});

const inField = (className: string) => ingressOf({ className });

test.each([
  { name: 'two letters swapped', ingress: inField('ngnix'), meant: 'nginx' },
  { name: 'a capital', ingress: inField('Nginx'), meant: 'nginx' },
  { name: 'a dash at the end', ingress: inField('nginx-'), meant: 'nginx' },
  { name: 'a letter left out', ingress: inField('ngin'), meant: 'nginx' },
  { name: 'a blank in the annotation', ingress: annotated('nginx '), meant: 'nginx' },
  { name: 'the annotation', ingress: annotated('ngnix'), meant: 'nginx' },
  { name: 'the class that a flag names', ingress: inField('egde'), flags: { ingressClass: 'edge' }, meant: 'edge' },
  { name: 'a class of our controller', classes: [classOf('public')], ingress: inField('pubilc'), meant: 'public' },
  { name: 'a class that is there', classes: [classOf('ngnix', 'acme.io/x')], ingress: inField('ngnix') },
  { name: 'nginx of another controller', classes: [classOf('nginx', 'acme.io/x')], ingress: inField('ngnix') },
  { name: 'traefik', ingress: inField('traefik') },
  { name: 'internal', ingress: inField('internal') },
  { name: 'a second nginx', ingress: inField('nginx2') },
  { name: 'nginx for something', ingress: inField('nginx-internal') },
  { name: 'an nginx of somebody', ingress: inField('my-nginx') },
  { name: 'no class', ingress: withoutClass },
])('a class that is nearly ours is found: $name', ({ classes = [], ingress, flags = {}, meant }) => {
  const cluster = indexCluster([...classes, ingress], () => undefined);
  const settings = settingsOf(flags);
  const { report, diagnostics } = collect();
  const count = reportMisspeltClasses(selectIngresses(cluster, settings).others, cluster, settings, report);
  expect(count).toBe(meant === undefined ? 0 : 1);
  expect(diagnostics.map(({ help = '' }) => /: ([^`]*)`/.exec(help)?.[1])).toEqual(meant === undefined ? [] : [meant]);
});
