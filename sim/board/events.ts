/** Handlers of the interpreter's own events, and its error flags, each reported once until it is read. */
export class Events {
  readonly #handlers = new Map<string, ((value: unknown) => void)[]>();
  #flags: string[] = [];
  #fresh: string[] = [];

  listen(event: string, fn: (value: unknown) => void): void {
    this.#handlers.set(event, [...this.of(event), fn]);
  }

  of(event: string): readonly ((value: unknown) => void)[] {
    return this.#handlers.get(event) ?? [];
  }

  raise(flags: readonly string[]): void {
    for (const flag of flags) {
      if (this.#flags.includes(flag)) continue;
      this.#flags.push(flag);
      this.#fresh.push(flag);
    }
  }

  /** All flags since they were last taken. */
  takeFlags(): string[] {
    const flags = this.#flags;
    this.#flags = [];
    return flags;
  }

  /** Flags that nobody has been told of yet. */
  takeFresh(): string[] {
    const flags = this.#fresh;
    this.#fresh = [];
    return flags;
  }

  clear(): void {
    this.#handlers.clear();
    this.#flags = [];
    this.#fresh = [];
  }
}
