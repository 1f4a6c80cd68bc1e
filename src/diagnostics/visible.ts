/**
 * What a terminal obeys or does not show: control characters, marks that turn the direction of writing, what takes no
 * room, line separators, half characters.
 */
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]`;

/**
 * The one character of a command to a CI system without which it is none. Azure Pipelines, old GitHub runners and
 * TeamCity look for `##vso[`, `##[` and `##teamcity[` anywhere in a line, GitHub for `::name` behind the blanks at its
 * begin, GitLab for `section_start:` with a number.
 * Source: actions/runner, ActionCommand.cs (TryParseV2); gitlab, lib/gitlab/regex.rb; TeamCity, Service Messages.
 */
const HASH = String.raw`(?<=#)#(?=\w*\[)`;
const SECTION = String.raw`(?<=section_(?:start|end)):(?=\d)`;
/** A word of five letters or digits is no part of an IPv6 address. */
const NAME = String.raw`:(?:[A-Za-z]|\d[\w-]{4})`;
const COLON = String.raw`(?<![\w:]):(?=${NAME})`;

const VISIBLE = new RegExp(`${UNSEEN}|${HASH}|${SECTION}|${COLON}`, 'gu');

/** Whether a text may hold something that becomes an escape: most have neither other letters nor a doubled sign. */
const SUSPECT = /[^ -~]|##|::|section_/;
const SUSPECT_IN_LINES = /[^\n -~]|##|::|section_/;
const COMMAND_IN_LINE = /##\w*\[/u;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
]);

/**
 * Text of strangers as one line that a terminal shows and does not obey, and that no CI system takes for a command: what
 * would be obeyed becomes a visible escape.
 */
export function visible(text: string): string {
  return SUSPECT.test(text) ? text.replace(VISIBLE, escape) : text;
}

/** The same for the parts of a text that is cut at these indexes, in order. */
export function visibleParts(text: string, cuts: readonly number[]): readonly string[] {
  const matches = [...text.matchAll(VISIBLE)];
  const begins = [0, ...cuts];
  return begins.map((begin, number) => {
    const end = begins[number + 1] ?? text.length;
    let part = '';
    let at = begin;
    for (const { 0: char, index } of matches) {
      if (index < begin || index >= end) continue;
      part += text.slice(at, index) + escape(char);
      at = index + char.length;
    }
    // A cut through a character leaves halves.
    return visible(part + text.slice(at, end));
  });
}

let inJson: RegExp | undefined;

/**
 * Text of JSON has its line ends escaped, and loses nothing by an escape too many. Made when it is asked for: a run that
 * prints no JSON would pay for the tables of Unicode all the same.
 */
function jsonPattern(): RegExp {
  return (inJson ??= new RegExp(String.raw`${UNSEEN}|${HASH}|${SECTION}|:(?=${NAME})`, 'gu'));
}

/** JSON of one or several lines in the same manner; equal to the same JSON without escapes. */
export function visibleInJson(json: string): string {
  if (!SUSPECT_IN_LINES.test(json)) return json;
  return json.replace(jsonPattern(), char => (char === '\n' ? char : hexOfUnits(char)));
}

/** A command to a CI system that works wherever it stands in a line; undefined if there is none. */
export function commandIn(text: string): string | undefined {
  return COMMAND_IN_LINE.exec(text)?.[0];
}

function escape(char: string): string {
  const short = SHORT.get(char);
  if (short !== undefined) return short;
  const code = char.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? hex(code) : `\\u{${code.toString(16)}}`;
}

function hexOfUnits(char: string): string {
  return [...Array(char.length).keys()].map(index => hex(char.charCodeAt(index))).join('');
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Longer texts of manifests say no more than their beginning. */
const LONGEST = 1_000;

/** Text of strangers as `visible` shows it, cut to a length that a person reads. */
export function readable(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
