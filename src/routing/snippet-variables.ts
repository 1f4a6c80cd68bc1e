import type { Statement, Template, VariablePart } from './snippets.ts';

/** Variables of the controller that each of its locations sets to something else. */
const OF_LOCATION: ReadonlySet<string> = new Set([
  'ingress_name',
  'location_path',
  'namespace',
  'proxy_alternative_upstream_name',
  'proxy_upstream_name',
  'service_name',
  'service_port',
]);

/** Those that statements use, each once, in the order in which they are used. */
export function namesOfLocation(statements: readonly Statement[]): readonly string[] {
  const used = variablesIn(statements).filter(({ of, name }) => of === 'controller' && OF_LOCATION.has(name));
  return [...new Set(used.map(({ name }) => name))];
}

/** The variables that statements use, those in blocks too. */
function variablesIn(statements: readonly Statement[]): readonly VariablePart[] {
  return statements.flatMap(statement => {
    switch (statement.kind) {
      case 'if': {
        const { condition, body } = statement;
        const compared = condition.kind === 'equals' ? inTemplate(condition.to) : [];
        return [condition.variable, ...compared, ...variablesIn(body)];
      }
      case 'return':
        return inTemplate(statement.text ?? []);
      case 'rewrite':
      case 'set':
      case 'auth-variable':
        return inTemplate(statement.to);
      case 'response-header':
      case 'request-header':
        return inTemplate(statement.value);
      case 'access':
      case 'break':
      case 'limit-except':
      case 'location':
      case 'other':
      case 'setting':
        return [];
    }
  });
}

function inTemplate(template: Template): readonly VariablePart[] {
  return template.filter(part => part.kind === 'variable');
}
