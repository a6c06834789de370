/** What a chart shows while its run may grow: the whole, the newest rows, or a stretch that somebody has chosen. */
import { endOf, type PageRun } from '../../page-run.ts';
import { fitted, type View } from './view.ts';

/** `whole` = everything, and what is still to come; `end` = the newest rows; `fixed` = as it was chosen. */
export type Follow = 'whole' | 'end' | 'fixed';

/** Times closer than this are the same, s. */
const SAME_S = 1e-6;

export class ViewKeeper {
  readonly #run: () => PageRun;
  #view: View = { fromS: 0, toS: 1 };
  #follow: Follow = 'whole';
  /** True while rows come: then a view that reaches the end follows them. */
  live = false;

  constructor(run: () => PageRun) {
    this.#run = run;
  }

  get view(): View {
    return this.#view;
  }

  get follow(): Follow {
    return this.#follow;
  }

  /** Length of the whole, s. */
  get wholeS(): number {
    return Math.max(1, endOf(this.#run()), this.#run().plannedS);
  }

  get isWhole(): boolean {
    return this.#view.toS - this.#view.fromS >= this.wholeS - SAME_S;
  }

  showWhole(): void {
    this.#follow = 'whole';
    this.refresh();
  }

  show(view: View): void {
    this.#view = fitted(view, this.wholeS);
    const reachesEnd = this.#view.toS >= endOf(this.#run()) - SAME_S;
    this.#follow = this.isWhole ? 'whole' : this.live && reachesEnd ? 'end' : 'fixed';
  }

  /** Back to the newest rows, as wide as the view is. */
  goLive(): void {
    this.#follow = this.isWhole ? 'whole' : 'end';
    this.refresh();
  }

  /** Rows may have come, or the run has ended sooner than was planned: a stretch that was chosen stays inside it, and one with nothing in it gives way to the whole. */
  refresh(): void {
    const endS = endOf(this.#run());
    const width = this.#view.toS - this.#view.fromS;
    if (this.#follow === 'whole') this.#view = { fromS: 0, toS: this.wholeS };
    else if (this.#follow === 'end') this.#view = fitted({ fromS: endS - width, toS: endS }, this.wholeS);
    else if (this.#view.fromS >= this.wholeS) this.showWhole();
    else this.#view = fitted(this.#view, this.wholeS);
  }
}
