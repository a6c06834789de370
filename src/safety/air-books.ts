/** What the air books remember (air-rules.ts, flow-rules.ts, turnover-rules.ts): a record of its own, written by these files only. */
export interface AirBalance {
  /** The supervisor's sums of pump and bleeds at the last look, ms. */
  seenPumpMs: number;
  seenBledMs: number;
  /** ms since pump or valve last acted; below 0 after a movement. Short mean of the reading meanwhile. */
  idleMs: number;
  calmMmHg: number;
  /** Window: when it began, 0 = none; the reading and the sum of the pump then. */
  windowAt: number;
  windowFromMmHg: number;
  windowPumpMs: number;
  /** What this cuff usually loses at rest, mmHg/s (the sum of the first windows, at first; the largest and the least of these), at which setpoint, and windows it rests on. */
  usualMmHgPerS: number;
  largestFirst: number;
  smallestFirst: number;
  usualAtMmHg: number;
  windows: number;
  /** When the last window was judged; true once the usual loss has been lowered for the creep that a set has seen the end of. */
  judgedAt: number;
  usualLowered: boolean;
  /** Size of the last fill that was not the first, mmHg: its creep comes on top. */
  newFillMmHg: number;
  /** mmHg lost beyond that; gained by itself; gain that a lowered setpoint explains. */
  lostMmHg: number;
  gainedMmHg: number;
  recoveryMmHg: number;
  /** Rise in a fill, mmHg per second of pump; where its measure began: reading, sum of the pump; measured in this fill. */
  pumpMmHgPerS: number;
  rateFromMmHg: number;
  ratePumpMs: number;
  rateKnown: boolean;
  /** Pump ms since the last bleed, less what is forgiven (ms a second), when it was last added to, and the mean when it began. */
  pumpedMs: number;
  forgivenPermille: number;
  pumpedAt: number;
  pumpedFromMmHg: number;
  /** Open ms since the pump last ran, and the mean when it began. */
  openMs: number;
  openFromMmHg: number;
  /** Movement (turnover-rules.ts): when the window began; the setpoint that the estimate is for; the mean and the lagging sums of pump and bleeds then. */
  turnoverAt: number;
  turnoverTarget: number;
  turnoverMean: number;
  turnoverPumpMs: number;
  turnoverBledMs: number;
  /** Windows of movement in a row, and those that the estimate rests on; usual air turned over, mmHg/s; air lost for each ms of open valve, mmHg. */
  movingWindows: number;
  learnedWindows: number;
  turnoverMmHgPerS: number;
  mmHgPerOpenMs: number;
  /** mmHg lost in movement beyond that, weighed. */
  movedMmHg: number;
}

export function createAirBalance(): AirBalance {
  return {
    seenPumpMs: 0,
    seenBledMs: 0,
    idleMs: 0,
    calmMmHg: 0,
    windowAt: 0,
    windowFromMmHg: 0,
    windowPumpMs: 0,
    usualMmHgPerS: 0,
    largestFirst: 0,
    smallestFirst: 0,
    usualAtMmHg: 0,
    windows: 0,
    judgedAt: 0,
    usualLowered: false,
    newFillMmHg: 0,
    lostMmHg: 0,
    gainedMmHg: 0,
    recoveryMmHg: 0,
    pumpMmHgPerS: 25,
    rateFromMmHg: 0,
    ratePumpMs: 0,
    rateKnown: false,
    pumpedMs: 0,
    forgivenPermille: 150,
    pumpedAt: 0,
    pumpedFromMmHg: 0,
    openMs: 0,
    openFromMmHg: 0,
    turnoverAt: 0,
    turnoverTarget: 0,
    turnoverMean: 0,
    turnoverPumpMs: 0,
    turnoverBledMs: 0,
    movingWindows: 0,
    learnedWindows: 0,
    turnoverMmHgPerS: 0,
    mmHgPerOpenMs: 0,
    movedMmHg: 0,
  };
}
