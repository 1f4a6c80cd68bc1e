import { askedRequest, readAskedUrl } from '../../../../src/answers/explain/asked-url.ts';
import type {
  BackendChoice,
  Cause,
  Explanation,
  Outcome,
  Step,
  StepName,
} from '../../../../src/answers/explain/model.ts';
import { objectNamed } from '../../../support/object-name.ts';

/** A field of an object that does not exist: `Ingress shop/web`. */
export function fieldOf(object: string): Cause {
  const field = { document: 'shop.yaml#0', path: ['spec', 'rules', 0] };
  return { kind: 'field', at: { resource: objectNamed(object), field } };
}

/** An annotation of the Ingress `shop/web`. */
export function annotationOf(name: string): Cause {
  const field = { document: 'shop.yaml#0', path: ['metadata', 'annotations', name] };
  return { kind: 'asker', asker: { by: 'annotation', name, at: { resource: objectNamed('Ingress shop/web'), field } } };
}

export function stepOf(name: StepName, verdict: Step['verdict'], ...causes: readonly Cause[]): Step {
  return { name, verdict, text: `the step ${name}`, details: [], causes };
}

export function choiceOf(service: string, parts: Partial<BackendChoice> = {}): BackendChoice {
  return {
    upstream: service.replaceAll(/[/:]/g, '-'),
    service,
    percent: 100,
    protocol: 'http',
    peers: { kind: 'addresses', addresses: [{ address: '10.0.0.1', port: 80 }] },
    uri: '/cart',
    host: 'shop.example',
    headers: [],
    ...parts,
  };
}

export const SERVER = stepOf('server', 'chose');
export const LOCATION = stepOf('location', 'chose', fieldOf('Ingress shop/web'));

/** What becomes of `GET https://shop.example/cart`: unless something else is said, shop/web:80 answers. */
export function explanationOf(parts: Partial<Explanation> = {}, url = 'https://shop.example/cart'): Explanation {
  const asked = readAskedUrl(url);
  if (!('target' in asked)) throw new Error(asked.problem);
  return {
    request: askedRequest(asked),
    steps: [SERVER, LOCATION],
    outcome: { kind: 'backend', choices: [choiceOf('shop/web:80')] },
    responseHeaders: [],
    advice: [],
    ...parts,
  };
}

export function answerOf(status: number, reason: string, url?: string): Outcome {
  return { kind: 'answer', status, reason, ...(url === undefined ? {} : { url }) };
}
