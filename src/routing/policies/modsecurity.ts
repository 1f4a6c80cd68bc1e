import type { TextPart } from '../variable-text.ts';

/** What ModSecurity does. */
export interface Modsecurity {
  /** Undefined: as for all hosts. */
  readonly isOn: boolean | undefined;
  /** Rules in the language of ModSecurity, a line each. */
  readonly rules: string | undefined;
  /** Whether the rules of the file that the controller's image has are read. */
  readonly hasUsualRules: boolean;
  /** Whether those of the OWASP core rule set are. */
  readonly hasCoreRules: boolean;
  /** Under which id a request is logged; undefined: one of its own. */
  readonly transactionId: readonly TextPart[] | undefined;
}

/** The same for all hosts. */
export interface ModsecurityOfAll extends Pick<Modsecurity, 'rules' | 'hasUsualRules' | 'hasCoreRules'> {
  /** Rules that keep somebody out cannot be followed: nobody gets in. */
  readonly isClosed: boolean;
}
