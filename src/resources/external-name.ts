import type { PlainObject } from '../json/value.ts';
import { complainOfLinkLocal, complainOfMetadata } from './inside-complaints.ts';
import { insideOfName } from './inside.ts';
import { complainOfName, isName } from './names.ts';
import { isGiven, textOf } from './plain.ts';
import { quote } from './quote.ts';
import { loopbackExternalName } from './rules/inside.ts';
import { missingField } from './rules/fields.ts';
import type { Subject } from './subject.ts';

/**
 * Checks where a Service of type ExternalName leads. Other types may have the field, but nobody reads it.
 * The API server takes loopback names and metadata servers; here they are refused, since nginx itself would go there.
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
  const inside = insideOfName(bare);
  if (inside === 'loopback') {
    const message = `the external name ${quote(name)} is a loopback address: it leads to the machine that nginx runs on`;
    const help = 'name another machine, or use a Service with Endpoints of an address that others can reach';
    subject.complain({ rule: loopbackExternalName, message, help, path });
  } else if (inside === 'metadata') {
    subject.complain({ ...complainOfMetadata('the external name', name), path });
  } else if (inside === 'link-local') {
    subject.complain({ ...complainOfLinkLocal('the external name', name), path });
  } else if (!isName('dns-name', bare)) {
    subject.complain({ ...complainOfName('dns-name', bare), path });
  }
}
