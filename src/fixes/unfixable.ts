/** Why something is not mended, as the end of a sentence that begins with "not fixed:". Thrown inside this stage only. */
export class Unfixable extends Error {}
