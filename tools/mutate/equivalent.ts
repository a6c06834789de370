/** Mutants that change nothing anybody could see, each with the reason; anything else that survives is a missing test. */
export const EQUIVALENT: Readonly<Record<string, string>> = {};
