/** Devices as data: every field with unit and range, and the builds that have a name. */
import { BELT_FLASK, type BottleParams } from './bottle-params.ts';

/**
 * What one device on one limb is made of. Sources: "range" columns are engineering ranges for hobby builds; "recorded" means fitted to the
 * arm-cuff recordings. NmL is mL of air at 760 mmHg and ambient temperature; pressures are gauge mmHg.
 */
export interface PlantParams {
  /** Which limb the cuff is on; decides default ranges and the default motion. */
  readonly limb: 'thigh' | 'arm';
  /** Where the sensor's line joins: at the pump's manifold (reads p1) or a line of its own to the cuff (reads p2). */
  readonly sensorAt: 'pump' | 'cuff';
  /** Where the exhaust valve sits: at the manifold (vents through the hose) or on the cuff. */
  readonly valveAt: 'pump' | 'cuff';
  /** Pressure of the room, mmHg absolute; 370 (a high pass) to 830. Pump and valve move less gas in thin air. */
  readonly ambientMmHg: number;
  /** Limb occlusion pressure of the wearer, mmHg; thigh 110-280, arm 110-220. */
  readonly lopMmHg: number;

  /** Manifold volume, mL, half of the hose included; 1.5-12. */
  readonly manifoldMl: number;
  /** Hose length, m; 0.05-0.25 with the pump on the cuff, 0.4-1.2 otherwise. */
  readonly hoseM: number;
  /** Hose bore, mm; 2-4. */
  readonly hoseBoreMm: number;
  /** Narrowest barb, mm; 1.2-3.6. Usually the real resistance. */
  readonly barbBoreMm: number;
  /** Sum of the loss factors of entry, exit and barbs; 1.5-4. */
  readonly barbLoss: number;

  /** Residual volume of the flat bladder, mL; thigh 10-50, arm 5-20. */
  readonly residualMl: number;
  /** Volume of the slack part, mL; thigh 60-250, arm 30-110. */
  readonly slackMl: number;
  /** Pressure that takes up the slack (1/e), mmHg; 10-40. */
  readonly slackMmHg: number;
  /**
   * Folds that fill before everything else, mL, 0-60, and the pressure that fills half of them, mmHg, 2-12. Not in the usual two-part
   * model, but the recordings take 6-8 s from 5 to 20 mmHg and have a slow tail of the dump, which that model does not give.
   */
  readonly softMl: number;
  readonly softMmHg: number;
  /** Linear stretch of fabric and tissue, mL/mmHg; thigh 0.1-0.8, arm 0.05-0.35. */
  readonly stretch: number;
  /** Fast creep: share of the creep compliance (compliance.ts), 0.01-0.08, and its time constant, s, 2-10. */
  readonly creepFast: number;
  readonly creepFastS: number;
  /** Slow creep: share 0.02-0.15, time constant 20-120 s. */
  readonly creepSlow: number;
  readonly creepSlowS: number;
  /** Seating into the limb by motion: share of the seating compliance (compliance.ts) 0.03-0.45 and repetitions to seat 3-15. */
  readonly seat: number;
  readonly seatReps: number;
  /** Heat exchange of the thin gas layer, s; 0.05-0.4. */
  readonly thermalS: number;
  /** Leak at 150 mmHg, mmHg/min; 0.5-25 (a loose fitting is 20 and more). */
  readonly leakMmHgPerMin: number;

  /** Free flow of the pump at rated voltage, NmL/s; 7-55. */
  readonly pumpFlow: number;
  /** Shut-off pressure of the pump, mmHg; 250-600. */
  readonly pumpShutOff: number;
  /** Spin-up and coast-down time constants, s; 0.05-0.2 and 0.03-0.15. */
  readonly pumpUpS: number;
  readonly pumpDownS: number;
  /** Share of the voltage lost to friction, 0.05-0.25, and to load at shut-off, 0.1-0.4. */
  readonly pumpFriction: number;
  readonly pumpLoad: number;
  /** Dead zone: drive needed to start (0.25-0.75), to keep running (0.2-0.55), and the extra at shut-off pressure (0.1-0.4). */
  readonly pumpStart: number;
  readonly pumpRun: number;
  readonly pumpStall: number;
  /** Stroke ripple of the flow, 0.2-1, and stroke frequency at full speed, Hz, 30-80. */
  readonly pumpRipple: number;
  readonly pumpHz: number;
  /** Drive that a motor loses in the end when it runs on and on, as a share, 0-0.2, and in what time (1/e), s, 30-300: why pumps are to rest as long as they ran. */
  readonly pumpHeat: number;
  readonly pumpHeatS: number;
  /** Leak back through the pump's check valve, NmL/s per mmHg; 0-0.002. */
  readonly pumpBackLeak: number;

  /** Exhaust valve, ISO 6358 sonic conductance, NmL/s per mmHg absolute (x 0.75 = dm3/(s bar)); 0.04-0.22, and critical ratio 0.2-0.5. */
  readonly valveC: number;
  readonly valveB: number;
  /** Coil time constant, ms, 2-8; armature travel, ms, 1-6. */
  readonly coilMs: number;
  readonly travelMs: number;
  /** Share of the rated current that pulls in, 0.5-0.8, and that lets go, 0.15-0.4. */
  readonly coilPull: number;
  readonly coilDrop: number;
  /** How much slower the current dies than it builds: 1 with a Zener, 2-4 with a bare flyback diode. */
  readonly flyback: number;
  /** Resistance that a coil at rated power has gained in the end, as a share, 0-0.3 (copper: 0.004 for each degree), and in what time (1/e), s, 100-600. */
  readonly coilHeat: number;
  readonly coilHeatS: number;
  /** Hit-and-hold by a circuit before the valve: share of the voltage that is left after COIL_HIT_MS, 0.3-0.6; 1 = none. */
  readonly coilHold: number;
  /** A proportional valve instead of on/off: opens between 85 and 25 % of the current, with play. */
  readonly proportional: boolean;
  /** Fixed bleed, share of valveC; 0-0.03. */
  readonly bleed: number;
  /** Mechanical relief valve on the cuff: opening pressure, mmHg, and flow 20 mmHg above it, NmL/s; null = none fitted. */
  readonly relief: { readonly crackMmHg: number; readonly flow: number } | null;
  /** Damping volume: a rigid bottle on a line of its own; null = none fitted. */
  readonly bottle: BottleParams | null;

  /** Battery voltage at the start, mV; 3300-4200. */
  readonly batteryMv: number;
  /** Voltage at which pump and valve have their rated values, mV. Drive = (battery - 350) / rated; 0.6-1.15. */
  readonly ratedMv: number;
  /** Battery and driver sag with the pump at full speed; 0.02-0.15. */
  readonly sag: number;
}

/** Drop of the motor drivers between battery and motor rail, mV (Jolt.js). */
export const DRIVER_DROP_MV = 350;

/** A hit-and-hold circuit gives the whole voltage for so long, ms. */
export const COIL_HIT_MS = 100;

/** Typical thigh build: the middle of every range. */
export const NOMINAL_THIGH: PlantParams = {
  limb: 'thigh',
  sensorAt: 'pump',
  valveAt: 'pump',
  ambientMmHg: 760,
  lopMmHg: 190,
  manifoldMl: 5,
  hoseM: 0.6,
  hoseBoreMm: 3,
  barbBoreMm: 2.2,
  barbLoss: 2.5,
  residualMl: 25,
  slackMl: 140,
  slackMmHg: 22,
  softMl: 0,
  softMmHg: 6,
  stretch: 0.3,
  creepFast: 0.04,
  creepFastS: 5,
  creepSlow: 0.07,
  creepSlowS: 50,
  seat: 0.15,
  seatReps: 8,
  thermalS: 0.12,
  leakMmHgPerMin: 3,
  pumpFlow: 40,
  pumpShutOff: 450,
  pumpUpS: 0.1,
  pumpDownS: 0.07,
  pumpFriction: 0.15,
  pumpLoad: 0.2,
  pumpStart: 0.45,
  pumpRun: 0.35,
  pumpStall: 0.25,
  pumpRipple: 0.6,
  pumpHz: 55,
  pumpHeat: 0,
  pumpHeatS: 120,
  pumpBackLeak: 0,
  valveC: 0.095,
  valveB: 0.3,
  coilMs: 4,
  travelMs: 3,
  coilPull: 0.62,
  coilDrop: 0.3,
  flyback: 1,
  coilHeat: 0,
  coilHeatS: 300,
  coilHold: 1,
  proportional: false,
  bleed: 0,
  relief: null,
  bottle: null,
  batteryMv: 3900,
  ratedMv: 3550,
  sag: 0.05,
};

/** Typical upper-arm build. */
export const NOMINAL_ARM: PlantParams = {
  ...NOMINAL_THIGH,
  limb: 'arm',
  lopMmHg: 150,
  residualMl: 12,
  slackMl: 65,
  slackMmHg: 22,
  stretch: 0.15,
};

/** The build the parts list recommends: pump on the cuff, sense line of its own, a pump of 2.4 L/min, relief valve on the cuff. */
export const REFERENCE_THIGH: PlantParams = {
  ...NOMINAL_THIGH,
  sensorAt: 'cuff',
  manifoldMl: 3,
  hoseM: 0.15,
  barbBoreMm: 2.5,
  relief: { crackMmHg: 300, flow: 60 },
};

/** The recommended build for runners: the same with half a litre on the belt. */
export const RUNNER_THIGH: PlantParams = { ...REFERENCE_THIGH, bottle: BELT_FLASK };

/**
 * Recorded arm rig: fitted to the public recordings (fill 20 to 150 mmHg in 15-17 s, dump 200 to 100 in 0.7-0.8 s, tail of the dump).
 * Only ratios to valveC are determined by them; the pump runs far below its rating.
 */
export const RECORDED_ARM: PlantParams = {
  ...NOMINAL_ARM,
  manifoldMl: 3,
  hoseM: 0.3,
  barbBoreMm: 2.5,
  residualMl: 8,
  slackMl: 47,
  slackMmHg: 59.5,
  softMl: 125,
  softMmHg: 4.9,
  stretch: 0.043,
  thermalS: 0.083,
  creepFast: 0.01,
  creepSlow: 0.02,
  leakMmHgPerMin: 1,
  pumpFlow: 8.15,
  pumpShutOff: 280,
  pumpLoad: 0,
  pumpRipple: 0.2,
  coilMs: 6,
  travelMs: 6,
};
