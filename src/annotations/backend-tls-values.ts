import type { ValueType } from '../options/value-type.ts';
import { oneOf, text } from '../options/value-type.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';

export const onOff = oneOf('on', 'off');
export type OnOff = 'on' | 'off';

/** A text that says no, though it is none of the words, says no in the controller as well. */
export const verifyWord: ValueType<OnOff | 'no'> = {
  ...onOff,
  parse: value => (/^(?:false|no|0)$/i.test(value) ? { ok: true, value: 'no' } : onOff.parse(value)),
};

export const protocols: ValueType<readonly string[]> = {
  name: '`TLSv1.2`, `TLSv1.3` or both, with a space between them',
  schema: { pattern: '^(TLSv1\\.[23]| )*$' },
  separator: ' ',
  parse(value) {
    const words = value.split(' ').filter(word => word !== '');
    const wrong = words.find(word => word !== 'TLSv1.2' && word !== 'TLSv1.3');
    if (wrong === undefined && words.length > 0) return { ok: true, value: [...new Set(words)].toSorted() };
    return { ok: false, problem: 'is not a list of TLS versions', help: 'write "TLSv1.2 TLSv1.3"' };
  },
};

/** Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go, ValidateServerName. */
const nameCharacters = text(/^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/, 'letters, digits and - . _ for names');
export const backendName: ValueType<string> = {
  ...nameCharacters,
  parse(value) {
    for (const [found, name = ''] of value.matchAll(/\$\{?(\w*)/g)) {
      if (!isKnownVariable(name)) return { ok: false, problem: `has ${found}, which is not a variable of nginx` };
    }
    return nameCharacters.parse(value);
  },
};
