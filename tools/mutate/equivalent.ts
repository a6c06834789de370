/**
 * Mutants that change nothing anybody could see, each with the reason; anything else that survives is a missing test. Keyed as the tool
 * does: file, function, what was done, to which text.
 */
export const EQUIVALENT: Readonly<Record<string, string>> = {
  'hal/button.ts | constructor | deleted | this.edgeAt = 0;':
    'without an edge before it nothing bounces, in the first 30 ms neither; the type wants it',
  'hal/button.ts | constructor | deleted | this.settle = void 0;': 'as it is anyway; the type wants it',
  'hal/lease.ts | constructor | deleted | this.task = NO_TASK;':
    'no task is not >= 0 either; the type wants it',
  'hal/monitor.ts | countMemory | + becomes - | monitor.round + 1':
    'sixteen looks make a round, counted down as well as up',
  'hal/relay.ts | constructor | deleted | this.sentAt = -BURST_MS;':
    'no time is not less than half a second; the type wants it',
  'hal/relay.ts | heard | never | if (data === void 0) return;': 'nothing is no four bytes',
  'hal/timer-tasks.ts | addTask | always | if (id >= 0) owners[id] = owner;':
    'in Node a write to -1 is lost; the interpreter throws there',
  'hal/timer-tasks.ts | freeTask | deleted | owners[id] = 0;':
    'whoever gets the id signs in himself, and removing twice does no harm',
  'hal/valve.ts | constructor | deleted | this.task = NO_TASK;':
    'no task is not >= 0 either; the type wants it',
  'hal/valve.ts | constructor | deleted | this.vented = true;':
    'ventValve says it at once; the type wants it',
  'hal/valve.ts | constructor | flipped | true': 'ventValve says it at once; the type wants it',
  'hal/valve.ts | dropReshut | always | if (valve.task !== NO_TASK) { removeTask(OWNER_VALVE, valve.task); valve.task = NO_TASK; }':
    'removeTask knows no task -1',
  'hal/valve.ts | dropReshut | deleted | valve.task = NO_TASK;': 'the owners list says the same',
  'src/control/cycle-balance.ts | limited | > becomes >= | x > STEP_MAX': 'the limit itself either way',
  'src/control/cycle-balance.ts | within | < becomes <= | x * 10 < first * least':
    'the limit itself either way',
  'src/control/cycle-balance.ts | within | > becomes >= | x * 10 > first * most':
    'the limit itself either way',
  'src/control/edges.ts | setEdges | > becomes >= | cap * 10 > target * CAP_TENTHS':
    'the limit itself either way',
  'src/control/edges.ts | crestStep | > becomes >= | over > 0': '0 is 0 either way',
  'src/control/edges.ts | crestStep | > becomes >= | step > LOWERED_MOST * one':
    'the limit itself either way',
  'src/control/edges.ts | crestStep | < becomes <= | step * 10 < -RAISED_MOST * one':
    'the limit itself either way',
  'src/control/edges.ts | learnFromCrest | < becomes <= | lowered < 0': '0 is 0 either way',
  'src/control/edges.ts | nextLower | > becomes >= | lower > DEEPEST * one': 'the limit itself either way',
  'src/control/edges.ts | learnEdges | < becomes <= | allowance < 0': '0 is 0 either way',
  'src/control/events.ts | cross | > becomes >= | r.crossingSign > 0': 'the sign is 1 or -1',
  'src/control/events.ts | late | > becomes >= | r.crossingSign > 0': 'the sign is 1 or -1',
  'src/control/fill.ts | expectedDrop | < becomes <= | part < 0': '0 is 0 either way',
  'src/control/fill.ts | follow | < becomes <= | ageMs < YOUNG_MS': 'a share of 1 either way',
  'src/control/fill.ts | takeModel | < becomes <= | drop < 0': '0 is 0 either way',
  'src/control/fill.ts | judgePulse | < becomes <= | ratio < RISE_LEAST / 10': 'the limit itself either way',
  'src/control/fill.ts | stepSettle | * becomes / | r.targetMmHg * SETTLED': 'one percent: a factor of 1',
  'src/control/flow.ts | seeFlow | > becomes >= | t.outBleedMs > 0':
    'the long way comes to the same where nothing was bled; the short one is cheaper',
  'src/control/flow.ts | seeApart | > becomes >= | bleed > r.valveDeadMs': '0 is 0 either way',
  'src/control/flow.ts | moreSuction | <= becomes < | most <= was': 'nothing is added either way',
  'src/control/flow.ts | setSuction | < becomes <= | mmHg < 0': '0 is 0 either way',
  'src/control/forecast.ts | turnWave | * becomes / | r.limbMmHg * sign': 'the sign is 1 or -1',
  'src/control/forecast.ts | turnWave | * becomes / | NOTHING_FOUND * sign': 'the sign is 1 or -1',
  'src/control/forecast.ts | noteExtreme | * becomes / | limb * r.crossingSign': 'the sign is 1 or -1',
  'src/control/forecast.ts | holdInRhythm | > becomes >= | more > 0': '0 is 0 either way',
  'src/control/levels.ts | setMark | > becomes >= | r.crossingSign > 0': 'the sign is 1 or -1',
  'src/control/loose.ts | stepLoose | > becomes >= | error > r.crestErrorMmHg': 'notes what is noted already',
  'src/control/loose.ts | stepLoose | > becomes >= | ahead > edge':
    'a bleed of nothing is shorter than the valve can open, and what is above the edge is not pumped',
  'src/control/loose.ts | stepLoose | * becomes / | r.limbMmHg * r.crossingSign': 'the sign is 1 or -1',
  'src/control/regulator.ts | stepLower | > becomes >= | ms > t.period':
    'a bleed as long as the period is the period either way',
  'src/control/regulator.ts | stepApart | always | if (r.periodMs !== t.period) setPeriod(r, t.period);':
    'computes the same once more',
  'src/control/regulator.ts | regulate | always | if (t.setpoint !== r.targetMmHg || t.doubtful || t.quiet || !(raw * raw < NO_READING)) ret':
    'the long way comes to the same; the short one is cheaper',
  'src/control/rest.ts | stepRest | < becomes <= | off < 0': '0 is 0 either way',
  'src/control/rhythm.ts | apart | > becomes >= | a > b': '0 is 0 either way',
  'src/control/rhythm.ts | meanCycle | > becomes >= | cycle > 0':
    'without a cycle two distances are never nearer to 0 than one',
  'src/control/stillness.ts | watchStill | < becomes <= | off < 0': '0 is 0 either way',
  'src/control/valve-test.ts | stepTest | < becomes <= | t.measuredMmHg < f.testLowestMmHg':
    'the lower of two that are equal',
  'src/control/slopes.ts | setActing | > becomes >= | r.periodMs > 0':
    'without a period it is computed anew with the first one',
  'src/control/slopes.ts | setActing | always | if (r.periodMs > 0) setAge(r);':
    'without a period it is computed anew with the first one',
  'src/control/valve-test.ts | stepBleed | always | if (f.testLeftMs <= 0) setSince(r, t.now + DIE_MS + READING_MEAN_MS);':
    'read after the last part of the bleed, which sets it last',
  'src/wearer/lock.ts | countRecord | > becomes >= | record.dateS > 0': '0 is 0 either way',
  'src/wearer/lock.ts | keptRecord | never | if (text === void 0) return void 0;':
    'JSON.parse refuses what is not there, which is caught',
  'src/wearer/start.ts | chooseNext | < becomes <= | next < FIRST_STORED + STORED_COUNT':
    'there is no protocol of that number',
  'src/safety/book-rules.ts | keepBook | > becomes >= | pumped > 0': 'puts 0 mmHg in',
  'src/safety/book-rules.ts | keepBook | always | if (pumped > 0) putIn(supervisor, at, pumped);':
    'puts 0 mmHg in',
  'src/safety/book-rules.ts | openBook | > becomes >= | beyond > 0': 'adds 0 mmHg',
  'src/safety/book-rules.ts | putIn | > becomes >= | share > 0': 'adds 0 mmHg',
  'src/safety/clock-rules.ts | noteInterval | > becomes >= | explained > t.period':
    'at the edge the credit is 0 either way',
  'src/safety/fill-rules.ts | answered | < becomes <= | rise < most': 'the lower of two that are equal',
  'src/safety/fill-rules.ts | answered | > becomes >= | most > 0':
    'four times nothing is nothing, and no rise is below that: a window goes down with the reading',
  'src/safety/fill-rules.ts | answered | always | if (most > 0) air.riseMmHgPerS = rise < most ? rise > LEAST_RISE ? rise : LEAST_RISE : mos':
    'four times nothing is nothing, and no rise is below that: a window goes down with the reading',
  'src/safety/fill-rules.ts | look | > becomes >= | air.lookFromMmHg > NO_READING_MMHG':
    'asks whether it is a number; -1000 mmHg is no pressure',
  'src/safety/fill-rules.ts | lookIntoRise | always | if (air.lookingSince === 0) startLook(supervisor, t);':
    'the look that the end of this window has just begun begins once more with the same values',
  'src/safety/fill-rules.ts | probe | < becomes <= | due * ANSWER_SHARE < SURE_MMHG * 100':
    'the lower of two that are equal',
  'src/safety/flat-rules.ts | stir | < becomes <= | off < 0': '0 is 0 either way',
  'src/safety/flow-rules.ts | measurePump | > becomes >= | rate > least': 'the higher of two that are equal',
  'src/safety/gate.ts | act | > becomes >= | t.pump > 0': 'a pump of 0 permille is 0 either way',
  'src/safety/gate.ts | act | deleted | t.steady = pump;':
    'the memory of what stands only saves writing it again; act decides the same',
  'src/safety/gate.ts | bleed | < becomes <= | ms < t.period':
    'a bleed as long as the period is the period either way',
  'src/safety/gate.ts | gate | <= becomes < | t.measuredMmHg <= MAX_CUFF_MMHG':
    'at the edge refuse decides, and the same',
  'src/safety/gate.ts | gate | <= becomes < | t.setpoint <= supervisor.limits.ceilingMmHg':
    'at the edge refuse decides, and the same',
  'src/safety/gate.ts | gate | always | if (t.pump !== t.steady || t.bleedMs !== 0 || t.doubtful !== false) act(supervisor, t, t.b':
    'act decides the same once more',
  'src/safety/gate.ts | gate | never | if (t.vent === false && supervisor.trip === TRIP_NONE && t.measuredMmHg <= MAX_CUFF_MMHG &':
    'the short way saves time: refuse decides everything, and the same',
  'src/safety/gate.ts | wholePump | < becomes <= | permille < 1e3': '1000 is 1000 either way',
  'src/safety/level-rules.ts | keepFillLevel | < becomes <= | off < 0': 'off by nothing moves nothing',
  'src/safety/level-rules.ts | keepFillLevel | > becomes >= | supervisor.surges > 0':
    'without a leap nothing hangs on a pulse: the round of a leap sets its start',
  'src/safety/level-rules.ts | keepFillLevel | always | if (supervisor.surges > 0) endSurge(supervisor);':
    'without a leap nothing hangs on a pulse: the round of a leap sets its start',
  'src/safety/level-rules.ts | keepLevel | > becomes >= | supervisor.surges > 0':
    'without a leap nothing hangs on a pulse: the round of a leap sets its start',
  'src/safety/level-rules.ts | keepLevel | always | if (supervisor.surges > 0) endSurge(supervisor);':
    'without a leap nothing hangs on a pulse: the round of a leap sets its start',
  'src/safety/level-rules.ts | surgeBase | < becomes <= | t.measuredMmHg < supervisor.meanMmHg':
    'the higher of two that are equal',
  'src/safety/open-rules.ts | judgeVent | > becomes >= | supervisor.sensing.same > NEVER_FROZEN':
    'no part proves itself frozen by two or three equal conversions: judgeFrozen says nothing',
  'src/safety/open-rules.ts | judgeVent | always | if (supervisor.sensing.same > NEVER_FROZEN) judgeFrozen(supervisor, t);':
    'no part proves itself frozen by two or three equal conversions: judgeFrozen says nothing',
  'src/safety/progress-rules.ts | noRise | - becomes + | supervisor.pumpMs - supervisor.fillPumpMs':
    'the trip before it keeps its own numbers: these are seen by nobody',
  'src/safety/progress-rules.ts | judgeDeficit | > becomes >= | supervisor.deficitMs > supervisor.roundMs':
    'at the edge nothing is left either way',
  'src/safety/progress-rules.ts | judgeProgress | >= becomes > | supervisor.meanMmHg >= supervisor.leakBelowMmHg':
    'at the edge judgeDeficit adds nothing',
  'src/safety/progress-rules.ts | judgeProgress | always | if (!(supervisor.meanMmHg >= supervisor.leakBelowMmHg && supervisor.deficitMs === 0)) judg':
    'judgeDeficit adds nothing there',
  'src/safety/progress-rules.ts | judgeProgress | always | if (t.setpoint !== supervisor.targetMmHg) retarget(supervisor, t);':
    'retarget to the same setpoint changes nothing',
  'src/safety/progress-rules.ts | judgeRise | < becomes <= | rise < 0':
    'no rise sets the reading that stands already',
  'src/safety/progress-rules.ts | judgeRise | > becomes >= | rise > 0': 'a rise of 0 does not come here',
  'src/safety/sensor-rules.ts | refused | < becomes <= | believed < supervisor.refusedScore':
    'at the edge the count is that of one refusal either way',
  'src/safety/slow-rules.ts | judgeLevel | <= becomes < | supervisor.meanMmHg <= supervisor.highestMeanMmHg':
    'at the edge judgeHigh counts nothing',
  'src/safety/slow-rules.ts | judgeLevel | > becomes >= | t.filteredMmHg > NO_READING_MMHG':
    'asks whether it is a number; -1000 mmHg is no pressure',
  'src/safety/slow-rules.ts | judgeLevel | always | if (!(supervisor.meanMmHg <= supervisor.highestMeanMmHg && supervisor.highMs === 0 && supe':
    'judgeHigh counts nothing there',
  'src/safety/slow-rules.ts | startRound | && becomes || | t.doubtful !== false && t.fresh':
    'judgeSuspect finds nothing in a sample that is well',
  'src/safety/slow-rules.ts | startRound | < becomes <= | supervisor.lowerMmHg < supervisor.upperMmHg':
    'the bounds are never equal',
  'src/safety/slow-rules.ts | startRound | > becomes >= | supervisor.sensing.same > NEVER_FROZEN':
    'no part proves itself frozen by two or three equal conversions: judgeFrozen says nothing',
  'src/safety/slow-rules.ts | startRound | always | if (supervisor.sensing.same > NEVER_FROZEN) judgeFrozen(supervisor, t);':
    'no part proves itself frozen by two or three equal conversions: judgeFrozen says nothing',
  'src/safety/supervisor.ts | assess | <= becomes < | t.dt <= supervisor.longestTickMs':
    'at the edge judgeInterval looks for itself and finds nothing',
  'src/safety/supervisor.ts | assess | <= becomes < | t.measuredMmHg <= supervisor.upperMmHg':
    'at the edge judgeSuspect finds nothing',
  'src/safety/supervisor.ts | assess | > becomes >= | t.outBleedMs > 0': 'adds 0 ms',
  'src/safety/supervisor.ts | assess | >= becomes > | t.dt >= supervisor.shortestTickMs':
    'at the edge judgeInterval looks for itself and finds nothing',
  'src/safety/supervisor.ts | assess | >= becomes > | t.measuredMmHg >= supervisor.lowerMmHg':
    'at the edge judgeSuspect finds nothing',
  'src/safety/supervisor.ts | assess | always | if (!(t.dt <= supervisor.longestTickMs && t.dt >= supervisor.shortestTickMs)) judgeInterva':
    'at the edge judgeInterval looks for itself and finds nothing',
  'src/safety/supervisor.ts | assess | always | if (!(t.measuredMmHg <= supervisor.upperMmHg && t.measuredMmHg >= supervisor.lowerMmHg && ':
    'at the edge judgeSuspect finds nothing',
  'src/safety/supervisor.ts | assess | always | if (t.outBleedMs > 0) supervisor.bledMs += t.outBleedMs;':
    'adds 0 ms',
  'src/safety/supervisor.ts | lower | > becomes >= | asked > hard': 'the edge has been taken before',
  'src/safety/supply-rules.ts | judgeSupply | >= becomes > | t.railMv >= supervisor.limits.minRailMv':
    'at the edge judgeLook finds nothing',
  'src/safety/supply-rules.ts | judgeSupply | always | if (supervisor.lookAgain || !(t.railMv >= supervisor.limits.minRailMv) || t.driverFaults !':
    'the long way finds the same',
  'src/safety/supply-rules.ts | judgeSupply | always | if (t.readsTerminals) judgeTerminals(supervisor, t, pumped, bled);':
    'judgeLook asks for it again',
  'src/safety/supply-rules.ts | judgeTerminals | >= becomes > | t.pumpMv >= LIVE_MV':
    'at the edge judgeLook finds nothing',
  'src/safety/supply-rules.ts | judgeTerminals | >= becomes > | t.valveMv >= LIVE_MV':
    'at the edge judgeLook finds nothing',
  'src/safety/supply-rules.ts | judgeTerminals | always | if (!(pumpWell && (bled || t.valveMv >= LIVE_MV))) judgeLook(supervisor, t, pumped, bled);':
    'the long way finds the same',
  'src/safety/supply-rules.ts | judgeTerminals | || becomes && | bled || t.valveMv >= LIVE_MV':
    'the long way finds the same',
  'src/safety/supply-rules.ts | judgeTerminals | || becomes && | pumped || t.pumpMv < LIVE_MV':
    'the long way finds the same',
  'src/safety/valve-strength.ts | measure | > becomes >= | seen > least': 'the higher of two that are equal',
  'src/safety/vent-rules.ts | judgeZero | > becomes >= | t.filteredMmHg > NO_READING_MMHG':
    'asks whether it is a number; -1000 mmHg is no pressure',
  'src/safety/vent-rules.ts | noteVented | > becomes >= | supervisor.ventingMs > supervisor.slowestVentMs':
    'the slower of two that are equal',
  'src/sensing/sensing.ts | accept | > becomes >= | t.filteredMmHg > -1e3':
    'asks whether it is a number; -1000 mmHg is no pressure',
  'src/sensing/sensing.ts | createSensing | flipped | false':
    'no step is a number before the first reading: the common way is not taken',
  'src/sensing/sensing.ts | createSensing | flipped | false #2':
    'written by the first tick before anybody reads it',
  'src/sensing/sensing.ts | sense | * becomes / | JUMP_MMHG * JUMP_MMHG':
    'the common way saves time: the rare one gives the same',
  'src/sensing/sensing.ts | sense | <= becomes < | gauge <= sensing.maxMmHg':
    'the common way saves time: the rare one gives the same',
  'src/sensing/sensing.ts | sense | <= becomes < | step * step <= JUMP_MMHG * JUMP_MMHG':
    'the common way saves time: the rare one gives the same',
  'src/sensing/sensing.ts | sense | >= becomes > | gauge >= MIN_GAUGE_MMHG':
    'the common way saves time: the rare one gives the same',
  'src/sensing/sensing.ts | sense | never | if (sensing.smooth && step * step <= JUMP_MMHG * JUMP_MMHG && gauge >= MIN_GAUGE_MMHG && g':
    'the common way saves time: the rare one gives the same',
  'src/sensing/sensing.ts | senseRare | < becomes <= | mmHg < 0': '0 mmHg has been taken before',
  'src/sensing/sensing.ts | senseRare | > becomes >= | mmHg > 0': '0 mmHg has been taken before',
  'src/sensing/zero.ts | isZeroed | > becomes >= | z.mmHg > -1e4': 'asks whether it is a number',
  'src/sensing/zero.ts | judge | > becomes >= | z.first > -1e4': 'asks whether it is a number',
  'src/session/time-left.ts | isTooLong | < becomes <= | session.step < 0': 'step 0 is step 0 either way',
  'src/tick.ts | createTick | flipped | false #2': 'createCore writes it',
  'src/settings.ts | decodeSettings | < becomes <= | cut < 0': '0 is 0 either way',
  'src/settings.ts | decodeSettings | always the second | cut < 0 ? 0 : cut':
    'a text without a line end is refused, whatever its body',
  'src/session/lop-record.ts | readLop | never | if (text === void 0) return void 0;':
    'JSON.parse refuses what is not there, which is caught',
  'src/session/measurement.ts | createMeasurement | flipped | false #2':
    'beginMeasurement sets it before anybody looks',
  'src/session/measurement.ts | measure | always the second | good ? 0 : lop.result.refusal':
    'what is good has no refusal',
  'src/session/posture.ts | lopFor | < becomes <= | wanted < settings.lopPosture':
    'the ratio of a posture to itself is 1',
  'src/session/posture.ts | postureText | < becomes <= | from < to':
    'two postures that are the same do not come here',
  'src/session/day.ts | createDay | + becomes - | i + 1':
    'a length that is not there is no number: it is not kept',
  'src/session/session.ts | askForStep | always | if (session.ramped !== session.target) followRamp(session, t, session.target);':
    'a ramp to where it is goes nowhere',
  'src/session/ramp.ts | approach | < becomes <= | from < to': 'from where it is, either way ends there',
  'src/wearer/buttons.ts | isJammed | + becomes - | BIT_SERVICE + BIT_STOP':
    '1 - 4 has the same two bits of three',
  'src/wearer/gestures.ts | takeGesture | never | if (g.downAt < 0 && g.count === 0 && g.pending === GESTURE_NONE) return GESTURE_NONE;':
    'the short way saves time: takeLetGo finds none either',
  'src/wearer/gestures.ts | takeHeld | deleted | g.count = 0;': 'the release uses the burst up',
  'src/wearer/orders.ts | orderIn | never | if (gesture === 0) return;':
    'the order for no gesture is nothing, in every row',
  'src/session/progress.ts | adviceNow | > becomes >= | nowS > 0': 'no known date is within a time before 0',
  'src/session/progress.ts | adviceNow | never | if (!(nowS > 0)) return ADVICE_NONE;':
    'no known date is within a time before 0',
  'src/record/recorder.ts | countHold | < becomes <= | error < 0': '0 is 0 either way',
  'src/link/answers.ts | whole | > becomes >= | value > -1e5':
    'asks whether it is a number; -100000 is nothing that is said',
};
