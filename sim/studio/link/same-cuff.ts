/** Whether the cuff that answers is the one that answered before. In doubt it is another: what was said of the one before is not said of it. */
export class SameCuff {
  /** Serial number of the cuff that answered last, '' = it has not said. */
  #serial = '';
  /** The reader has chosen a device since: it may be any. */
  #isChosen = false;

  chosen(): void {
    this.#isChosen = true;
  }

  /** A cuff has answered; false = it may be another. `serial`: '' = it does not say. */
  meets(serial: string): boolean {
    const told = serial !== '' && this.#serial !== '';
    const isSame = told ? serial === this.#serial : !this.#isChosen;
    this.#isChosen = false;
    if (serial !== '' || !isSame) this.#serial = serial;
    return isSame;
  }
}
