/**
 * The session whose ticks are counted, as what the firmware is told and what it decided: recorded once on the virtual board, so that
 * the interpreter can be given the same inputs with no rig behind it.
 */
import { PHASE_FILL, PHASE_IDLE, PHASE_WORK } from '../../src/phases.ts';
import type { BoardCost } from '../board/cost/board-cost.ts';
import { ImageLevel } from '../board/image-level.ts';
import { type Row, rowOf } from '../interpreter/compare.ts';
import type { RigSpec } from '../plant/rig.ts';
import { Rig } from '../plant/rig.ts';

/** Parts of a session, in the order in which they come. */
export const PARTS = ['idle', 'filling', 'holding at rest', 'holding in motion', 'after events'] as const;
export type Part = (typeof PARTS)[number];

/** What the natives answered in a tick: `[kind, numbers...]`, in the order of the calls. */
export type Answer = readonly number[];

export interface RecordedTick {
  readonly row: Row;
  readonly part: Part;
  /** Answers to the conversion command's and the tick's calls. */
  readonly answers: readonly Answer[];
  /** Button edges (button, 1 = down) handed over before this tick, when nothing else runs. */
  readonly edges: readonly (readonly [number, number])[];
  /** What the simulator's own count says of it, thousands of instructions; 0 without one. */
  readonly counted: number;
}

export interface SessionPlan {
  readonly rig: RigSpec;
  readonly seed: number;
  readonly files: Readonly<Record<string, string>>;
  /** Ticks at rest and in motion under pressure, then after STOP. */
  readonly restTicks: number;
  readonly motionTicks: number;
  readonly stoppedTicks: number;
  /** Counts each tick as well; it must take no time. */
  readonly cost?: BoardCost;
}

/** Ticks after a change of phase or a press that count as `after events`. */
const EVENT_TICKS = 3;
const PRESS_TICKS = 5;
/** From here on the first zero has been taken and inhibits mean something. */
const SETTLED_TICKS = 200;
/** Longest time to the start, ticks. */
const LONGEST = 4000;

/** In the board's root scope before the image: notes what the natives answer. */
const NOTING = `(function(){
var log=[];
function note(name,kind){var was=globalThis[name];globalThis[name]=function(a,b,c){var r=was(a,b,c);log.push([kind].concat(r));return r;};}
note('analogRead',1);note('digitalRead',2);
var read=I2C1.readFrom;I2C1.readFrom=function(a,n){var r=read(a,n);var all=[0];for(var i=0;i<n;i++)all.push(r[i]);log.push(all);return r;};
var vref=E.getAnalogVRef;E.getAnalogVRef=function(){var r=vref();log.push([3,r]);return r;};
globalThis.takeNotes=function(){var all=log;log=[];return JSON.stringify(all);};
})()`;

class Recorder {
  readonly #level: ImageLevel;
  readonly ticks: RecordedTick[] = [];
  #edges: [number, number][] = [];
  #sinceEvent = Number.POSITIVE_INFINITY;
  #moving = false;
  readonly #cost: BoardCost | undefined;
  #before = 0;

  constructor(plan: SessionPlan) {
    const rig = new Rig(plan.rig, plan.seed);
    this.#cost = plan.cost;
    const cost = plan.cost === undefined ? {} : { cost: plan.cost };
    this.#level = new ImageLevel(rig, { files: plan.files, before: NOTING, ...cost });
    this.#level.board.evaluate('takeNotes()');
    rig.setActivity('rest');
  }

  get phase(): number {
    return this.#level.view.phase;
  }

  /** A session may be started: the device has had time to look at everything, and nothing speaks against it. */
  get isReady(): boolean {
    const view = this.#level.view;
    return view.tick > SETTLED_TICKS && view.phase === PHASE_IDLE && view.inhibits === 0;
  }

  /** The wearer begins or stops to move. */
  move(motion: 'run' | 'rest'): void {
    this.#moving = motion !== 'rest';
    this.#level.rig.setActivity(motion);
  }

  edge(button: number, down: boolean): void {
    this.#level.button(button, down, this.#level.rig.nowMs + 1);
    this.#edges.push([button, down ? 1 : 0]);
    this.#sinceEvent = 0;
  }

  tick(): void {
    const before = this.phase;
    this.#level.nextTick();
    if (this.phase !== before) this.#sinceEvent = 0;
    const answers = JSON.parse(String(this.#level.board.evaluate('takeNotes()'))) as Answer[];
    const total = this.#cost?.totalThousands ?? 0;
    const counted = total - this.#before;
    this.#before = total;
    this.ticks.push({ row: rowOf(this.#level), part: this.#part(), answers, edges: this.#edges, counted });
    this.#edges = [];
    this.#sinceEvent += 1;
  }

  #part(): Part {
    if (this.#sinceEvent < EVENT_TICKS) return 'after events';
    if (this.phase === PHASE_FILL) return 'filling';
    if (this.phase === PHASE_WORK) return this.#moving ? 'holding in motion' : 'holding at rest';
    return 'idle';
  }

  until(what: string, is: () => boolean): void {
    for (let i = 0; i < LONGEST; i++) {
      if (is()) return;
      this.tick();
    }
    throw new Error(`recording the session: no ${what} within ${LONGEST} ticks (phase ${this.phase})`);
  }

  close(): void {
    this.#level.close();
  }
}

export function recordSession(plan: SessionPlan): RecordedTick[] {
  const r = new Recorder(plan);
  try {
    r.until('readiness', () => r.isReady);
    push(r, 1);
    r.until('work', () => r.phase === PHASE_WORK);
    for (let i = 0; i < plan.restTicks; i++) r.tick();
    r.move('run');
    for (let i = 0; i < plan.motionTicks; i++) r.tick();
    push(r, 2);
    for (let i = 0; i < plan.stoppedTicks; i++) r.tick();
    return r.ticks;
  } finally {
    r.close();
  }
}

function push(r: Recorder, button: number): void {
  r.edge(button, true);
  for (let i = 0; i < PRESS_TICKS; i++) r.tick();
  r.edge(button, false);
  r.tick();
}
