/**
 * What CI systems would run if they saw this output of a step, line by line.
 * Source: actions/runner, ActionCommand.cs (TryParseV2, TryParse); azure-pipelines-agent, Command.cs; gitlab,
 * lib/gitlab/regex.rb; TeamCity, Service Messages.
 */
export function commandsOf(output: string): readonly string[] {
  const lines = output.split(/\r\n|[\n\r\u0085\u2028\u2029]/u);
  // oxlint-disable-next-line no-control-regex -- GitLab looks for one
  const sections = /section_(?:start|end):\d+:[\w.-]+(?:\[[^\]]*\])?\r\u001b\[0K/u.exec(output);
  return [
    ...(sections === null ? [] : [sections[0]]),
    ...lines.filter(line => /^\s*::[^:]+.*::/u.test(line) || /##\w*\[/u.test(line)),
  ];
}
