import { isLoopbackName } from './loopback-name.ts';
import { complainOfName, isName } from './names.ts';
import { isGiven, textOf, type PlainObject } from './plain.ts';
import { quote } from './quote.ts';
import { loopbackExternalName, missingField } from './rules.ts';
import type { Subject } from './subject.ts';

/**
 * Checks where a Service of type ExternalName leads. Other types may have the field, but nobody reads it.
 * The API server takes loopback names; here they are refused, since nginx itself would go there.
 */
export function checkExternalName(subject: Subject, spec: PlainObject): void {
  if (spec['type'] !== 'ExternalName') return;
  const value = spec['externalName'];
  if (isGiven(value) && typeof value !== 'string') return;
  const [name, path] = [textOf(value), ['spec', 'externalName']];
  const bare = name.replace(/\.$/, '');
  if (bare === '') {
    const message = 'a Service of type ExternalName needs an `externalName`';
    subject.complain({
      rule: missingField,
      message,
      help: 'add `externalName: db.example.com`',
      path: isGiven(value) ? path : ['spec'],
    });
    return;
  }
  if (isLoopbackName(bare)) {
    const message = `the external name ${quote(name)} is a loopback address: it leads to the machine that nginx runs on`;
    const help = 'name another machine, or use a Service with Endpoints of an address that others can reach';
    subject.complain({ rule: loopbackExternalName, message, help, path });
  } else if (!isName('dns-name', bare)) {
    subject.complain({ ...complainOfName('dns-name', bare), path });
  }
}
