import { missingAuthSecret } from '../annotations/rules/basic-auth.ts';
import { missingService, noReadyEndpoints } from '../compile/rules/backends.ts';
import {
  authorityDates,
  certificateDates,
  certificateExpiresSoon,
  missingCertificate,
} from '../compile/rules/certificates.ts';
import { behaviourDifference } from '../compile/rules/differences.ts';
import { missingIngressClass } from '../compile/rules/selection.ts';
import { elsewhere } from '../compile/rules/world.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { missingAddress, nginxWarns } from '../nginx/rules/complaints.ts';
import { deprecatedApiVersion, newerField, unservedApiVersion } from '../resources/rules/kubernetes-version.ts';
import { removedApiVersion } from '../resources/rules/removed-version.ts';

/**
 * Rules whose findings come and go with flags (`--nginx-test`, `--closed-world`, `--kubernetes-version`, `--no-notes`),
 * with what else is read, or with the day: that a run has none of them says nothing about the next one.
 */
export const CONDITIONAL_RULES: ReadonlySet<Rule> = new Set<Rule>([
  nginxWarns,
  missingAddress,
  behaviourDifference,
  elsewhere,
  missingService,
  noReadyEndpoints,
  missingCertificate,
  missingAuthSecret,
  missingIngressClass,
  unservedApiVersion,
  deprecatedApiVersion,
  newerField,
  removedApiVersion,
  certificateDates,
  certificateExpiresSoon,
  authorityDates,
]);
