/**
 * A regulator's memory before the first setpoint: the first values of the parts, nothing seen of the limb. The order of the fields is the
 * order in which the interpreter finds them: it walks the record, so what every tick reads comes first. Must never be reordered without a measurement
 * (bench:device).
 */
import type { Ms } from '../units.ts';
import { FIRST_SUCTION_MMHG } from './flow.ts';
import { SLOTS } from './forecast.ts';
import { MODE_VENTED } from './mode.ts';
import type { ControlSettings } from './settings.ts';
import { FIRST_DROP_MMHG, FIRST_PUMP, FIRST_VALVE, VALVE_DEAD_MS } from './slopes.ts';
import type { Fill, Regulator, Rhythm } from './state.ts';

function createFill(): Fill {
  return {
    fillStartMmHg: 0,
    startJumpMmHg: -1,
    readingMmHg: 0,
    readingMmHgPerMs: 0,
    pumpShare: 1,
    stoppedMmHg: 0,
    again: false,
    settlePulses: 0,
    pulseStartMmHg: 0,
    pulseRiseMmHg: 0,
    testOpenMs: 0,
    testLeftMs: 0,
    testSumMmHg: 0,
    testReadings: 0,
    testStartMmHg: 0,
    testLowestMmHg: 0,
    valveTested: false,
  };
}

function createRhythm(): Rhythm {
  return {
    waveHighMmHg: 0,
    waveLowMmHg: 0,
    waveSpanMmHg: 0,
    lastCrestMmHg: 0,
    eventSlot0: 0,
    eventSlot1: 0,
    eventSlot2: 0,
    eventSlot3: 0,
    eventCount: 0,
    awaitsFirst: true,
    cycleSlots: 0,
    oddCycles: 0,
    hump0MmHg: 0,
    hump1MmHg: 0,
    hump2MmHg: 0,
    humpGap1: 0,
    humpGap2: 0,
    unlikeOneMmHg: 0,
    unlikeTwoMmHg: 0,
    twoHumps: false,
    valleySlot0: 0,
    valleySlot1: 0,
    valleySlot2: 0,
    valley0MmHg: 0,
    valley1MmHg: 0,
    valley2MmHg: 0,
    cycleOpenedMs: 0,
    cycleOpenedMmHg: 0,
    pumpedBeforeMmHg: 0,
  };
}

/** What every tick in a rhythm reads: mode, wave and forecast. */
function createWave() {
  return {
    targetMmHg: -1,
    mode: MODE_VENTED,
    ownAirMmHg: 0,
    airKept: 1,
    limbMmHg: 0,
    newestSlot: 0,
    tickSlots: 1,
    pumpSpeed: 0,
    unseenShare: 0,
    periodMs: 0,
    newestMmHg: 0,
    waveRing: new Float32Array(SLOTS),
    lagSlots: 0,
    lookSlots: 0,
    crossingSign: 1,
    extremeMmHg: 0,
    crossingMmHg: 0,
    pumpTickMmHg: 0,
    valveTickMmHg: 0,
    valleyRampMmHg: 0,
    coastMmHg: 0,
    spinUpMmHg: 0,
  };
}

/** What most ticks read: edges, slopes and the sample's age. */
function createSlopes(ageMs: Ms) {
  return {
    dueSlot: 0,
    dueRampMmHg: 0,
    dueMmHg: 0,
    lowerEdgeMmHg: 0,
    upperEdgeMmHg: 0,
    watchSlot: 0,
    spinUpKept: 0,
    pumpHalfTickMmHg: 0,
    coastKept: 0,
    pumpMmHgPerMs: FIRST_PUMP,
    valveMmHgPerMs: FIRST_VALVE,
    pumpDropMmHg: FIRST_DROP_MMHG,
    valveSuctionMmHg: FIRST_SUCTION_MMHG,
    pendingBleedMs: 0,
    valveDeadMs: VALVE_DEAD_MS,
    sampleAgeMs: ageMs,
    actingMs: 0,
    sampleAgeSlots: 0,
    pumpedMmHg: 0,
    bledMmHg: 0,
  };
}

/** What one tick of a cycle reads, or none: extremes, stillness, pulses. */
function createExtremes() {
  return {
    bleedAllowanceMmHg: 0,
    capEdgeMmHg: 0,
    crestLimitMmHg: 0,
    edgesLoweredMmHg: 0,
    crestErrorMmHg: 0,
    valleyErrorMmHg: 0,
    valleySlot: 0,
    valleyMmHg: 0,
    filled: false,
    eventJob: 0,
    lateSlot: 0,
    lostSlot: 0,
    restMmHg: 0,
    stillMs: 0,
    limbMmHgPerMs: 0,
    previousLimbMmHg: 0,
    pulseLeftMs: 0,
    quietUntilMs: 0,
    modeSinceMs: 0,
    usualEdgeMmHg: 0,
  };
}

/** The memory of a vented regulator; `ageMs`: age of a sample when it is handed over. */
export function createState(settings: ControlSettings, ageMs: Ms): Regulator {
  const used = Object.assign(Object.assign(createWave(), createSlopes(ageMs)), createExtremes());
  return Object.assign(used, {
    rhythm: createRhythm(),
    fill: createFill(),
    settings: settings,
    report: { cycles: 0, low: 0, high: 0, weak: 0, pumpMs: 0, bleeds: 0, losses: 0 },
    firstPumpMmHgPerMs: FIRST_PUMP,
    firstValveMmHgPerMs: FIRST_VALVE,
    pumpKnown: false,
    valveKnown: false,
    meanLimbMmHg: 0,
  });
}
