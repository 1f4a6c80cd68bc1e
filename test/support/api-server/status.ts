/** What the server says instead of an object, in the words of kube-apiserver 1.20. */
export interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}

/** Which object, or which type of objects, a refusal is about. */
export interface Subject {
  readonly group: string;
  readonly plural: string;
  readonly name?: string;
}

export function statusObject({ code, reason, message, details }: Refusal) {
  const about = details === undefined ? {} : { details };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...about, code };
}

function qualified({ group, plural }: Subject): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function detailsOf({ group, plural, name }: Subject) {
  return { ...(name === undefined ? {} : { name }), ...(group === '' ? {} : { group }), kind: plural };
}

export const NO_RESOURCE: Refusal = {
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
  details: {},
};

export const UNAUTHORIZED: Refusal = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' };

export const NO_METHOD: Refusal = {
  code: 405,
  reason: 'MethodNotAllowed',
  message: 'the server does not allow this method on the requested resource',
  details: {},
};

export function badRequest(message: string): Refusal {
  return { code: 400, reason: 'BadRequest', message };
}

export function notFound(subject: Subject): Refusal {
  const message = `${qualified(subject)} "${subject.name}" not found`;
  return { code: 404, reason: 'NotFound', message, details: detailsOf(subject) };
}

export function alreadyExists(subject: Subject): Refusal {
  const message = `${qualified(subject)} "${subject.name}" already exists`;
  return { code: 409, reason: 'AlreadyExists', message, details: detailsOf(subject) };
}

export function conflict(subject: Subject): Refusal {
  const message =
    `Operation cannot be fulfilled on ${qualified(subject)} "${subject.name}": the object has been modified; ` +
    'please apply your changes to the latest version and try again';
  return { code: 409, reason: 'Conflict', message, details: detailsOf(subject) };
}

export function versionMissing(subject: Subject): Refusal {
  const cause = 'Invalid value: 0x0: must be specified for an update';
  const field = 'metadata.resourceVersion';
  return {
    code: 422,
    reason: 'Invalid',
    message: `${qualified(subject)} "${subject.name}" is invalid: ${field}: ${cause}`,
    details: { ...detailsOf(subject), causes: [{ reason: 'FieldValueInvalid', message: cause, field }] },
  };
}

export function tooOld(asked: number, newest: number): Refusal {
  return { code: 410, reason: 'Expired', message: `too old resource version: ${asked} (${newest})` };
}

export const CONTINUE_TOO_OLD: Refusal = {
  code: 410,
  reason: 'Expired',
  message:
    'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
    'without the continue parameter.',
};

export function forbidden(subject: Subject, verb: string, namespace: string | undefined): Refusal {
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const what = subject.name === undefined ? qualified(subject) : `${qualified(subject)} "${subject.name}"`;
  const message =
    `${what} is forbidden: User "tester" cannot ${verb} resource "${subject.plural}" ` +
    `in API group "${subject.group}" ${where}`;
  return { code: 403, reason: 'Forbidden', message, details: detailsOf(subject) };
}

/** For codes that a test makes the server answer. */
export function scriptedRefusal(code: number, retryAfterSeconds?: number): Refusal {
  const said = SCRIPTED[code] ?? { reason: 'Unknown', message: `scripted ${code}` };
  return { code, ...said, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

const SCRIPTED: Readonly<Record<number, { readonly reason: string; readonly message: string }>> = {
  401: UNAUTHORIZED,
  403: { reason: 'Forbidden', message: 'forbidden: scripted by the test' },
  404: NO_RESOURCE,
  410: { reason: 'Expired', message: 'too old resource version: 1 (2)' },
  429: { reason: 'TooManyRequests', message: 'Too many requests, please try again later.' },
  500: { reason: 'InternalError', message: 'Internal error occurred: boom' },
  503: { reason: 'ServiceUnavailable', message: 'the server is currently unable to handle the request' },
};
