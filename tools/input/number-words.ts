/** Numbers as people write them on a command line: decimal digits and nothing else, so that 0x10, 1e3 and '' are no numbers. */

/** Throws nothing: undefined = no number of this form. */
export function decimal(text: string): number | undefined {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) + 0 : undefined;
}

/** The same without a point. */
export function wholeNumber(text: string): number | undefined {
  return /^-?\d{1,15}$/.test(text) ? Number(text) + 0 : undefined;
}
