/** A PCRE for the decimal numbers from 0 to a limit, which must stand between anchors or in a group. */
export function atMost(limit: number): string {
  const digits = String(limit);
  const branches = digits.length > 1 ? [repeated(1, digits.length - 1)] : [];
  for (const [index, text] of Array.from(digits).entries()) {
    const isLast = index === digits.length - 1;
    const low = index === 0 && !isLast ? 1 : 0;
    const high = Number(text) - (isLast ? 0 : 1);
    if (high < low) continue;
    const range = high === low ? String(low) : `[${low}-${high}]`;
    branches.push(`${digits.slice(0, index)}${range}${rest(digits.length - index - 1)}`);
  }
  return branches.join('|');
}

function repeated(from: number, to: number): string {
  return from === to ? String.raw`\d` : String.raw`\d{${from},${to}}`;
}

function rest(count: number): string {
  return count > 2 ? String.raw`\d{${count}}` : String.raw`\d`.repeat(count);
}
