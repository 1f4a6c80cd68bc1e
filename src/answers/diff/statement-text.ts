import { shownValue, shownWords } from '../../routing/secret-headers.ts';
import type { Statement } from '../../routing/snippets.ts';
import { conditionText } from '../explain/snippet-run.ts';
import { templateText } from '../explain/variables.ts';

/** What somebody wrote for nginx, in one line that reads like it. */
export function statementsText(statements: readonly Statement[]): string {
  return statements.map(statementText).join(' ');
}

function statementText(statement: Statement): string {
  switch (statement.kind) {
    case 'return':
      return `return ${[statement.code, ...(statement.text === undefined ? [] : [templateText(statement.text)])].join(' ')};`;
    case 'rewrite':
      return `${['rewrite', statement.pattern, templateText(statement.to), ...(statement.flag === undefined ? [] : [statement.flag])].join(' ')};`;
    case 'set':
    case 'auth-variable':
      return `set $${statement.variable.name} ${templateText(statement.to)};`;
    case 'break':
      return 'break;';
    case 'if':
      return `${conditionText(statement.condition)} { ${statementsText(statement.body)} }`;
    case 'location':
      return `location ${`${statement.match} ${statement.path}`.trim()} { ${statementsText(statement.body)} }`;
    case 'limit-except':
      return `limit_except ${statement.methods.join(' ')} { ${statementsText(statement.rules)} }`;
    case 'access':
      return `${statement.isAllowed ? 'allow' : 'deny'} ${statement.network};`;
    case 'response-header':
      return `response header ${statement.name}: ${statement.how} ${shownValue(statement.name, templateText(statement.value))}`
        .trim()
        .concat(';');
    case 'request-header':
      return `request header ${statement.name}: ${shownValue(statement.name, templateText(statement.value))};`;
    case 'setting':
      return `${statement.name} ${statement.value};`;
    case 'other': {
      const words = shownWords(statement.words).join(' ');
      return statement.body === undefined ? `${words};` : `${words} { ${statementsText(statement.body)} }`;
    }
  }
}
