/** What the air books remember (air-rules.ts, flow-rules.ts, turnover-rules.ts): a record of its own, written by these files only. */
export interface AirBooks {
  /** The supervisor's sums of pump and bleeds at the last look, ms. */
  pumpMs: number;
  bledMs: number;
  /** ms since pump or valve last acted; below 0 after a movement. Short mean of the reading meanwhile. */
  idleMs: number;
  calm: number;
  /** Window: when it began, 0 = none; the reading and the sum of the pump then. */
  windowAt: number;
  windowFrom: number;
  windowPumpMs: number;
  /** What this cuff usually loses at rest, mmHg/s (the sum of the first windows, at first; the largest and the least of these), at which setpoint, and windows it rests on. */
  usual: number;
  most: number;
  least: number;
  usualAt: number;
  count: number;
  /** When the last window was judged; true once the usual loss has been lowered for the creep that a set has seen the end of. */
  judgedAt: number;
  aged: boolean;
  /** Size of the last fill that was not the first, mmHg: its creep comes on top. */
  fresh: number;
  /** mmHg lost beyond that; gained by itself; gain that a lowered setpoint explains. */
  lost: number;
  gained: number;
  recovery: number;
  /** Rise in a fill, mmHg per second of pump; where its measure began: reading, sum of the pump; measured in this fill. */
  upRate: number;
  upFrom: number;
  upPumpMs: number;
  upKnown: boolean;
  /** Pump ms since the last bleed, less what is forgiven (ms a second), when it was last added to, and the mean when it began. */
  pumpedMs: number;
  forgiven: number;
  pumpedAt: number;
  pumpedFrom: number;
  /** Open ms since the pump last ran, and the mean when it began. */
  openMs: number;
  openFrom: number;
  /** Movement (turnover-rules.ts): when the window began; the setpoint that the estimate is for; the mean and the lagging sums of pump and bleeds then. */
  turnAt: number;
  turnTarget: number;
  turnMean: number;
  turnPumpMs: number;
  turnBledMs: number;
  /** Windows of movement in a row, and those that the estimate rests on; usual air turned over, mmHg/s; air lost for each ms of open valve, mmHg. */
  fullTurns: number;
  turns: number;
  flow: number;
  perOpen: number;
  /** mmHg lost in movement beyond that, weighed. */
  moved: number;
}

export function createAirBooks(): AirBooks {
  return {
    pumpMs: 0,
    bledMs: 0,
    idleMs: 0,
    calm: 0,
    windowAt: 0,
    windowFrom: 0,
    windowPumpMs: 0,
    usual: 0,
    most: 0,
    least: 0,
    usualAt: 0,
    count: 0,
    judgedAt: 0,
    aged: false,
    fresh: 0,
    lost: 0,
    gained: 0,
    recovery: 0,
    upRate: 25,
    upFrom: 0,
    upPumpMs: 0,
    upKnown: false,
    pumpedMs: 0,
    forgiven: 150,
    pumpedAt: 0,
    pumpedFrom: 0,
    openMs: 0,
    openFrom: 0,
    turnAt: 0,
    turnTarget: 0,
    turnMean: 0,
    turnPumpMs: 0,
    turnBledMs: 0,
    fullTurns: 0,
    turns: 0,
    flow: 0,
    perOpen: 0,
    moved: 0,
  };
}
