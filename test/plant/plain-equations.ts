/**
 * The plant's equations once more, as plainly as they can be written: one function, one 1 ms step after the other. What a test of the
 * plant compares with; nothing else may use it.
 */
import { AMBIENT_MMHG, referenceCompliance, seatingCompliance } from '../../sim/plant/compliance.ts';
import { flowForRate, hoseR1, hoseR2, LAMINAR_MMHG, laminarSlope } from '../../sim/plant/flow.ts';
import { DRIVER_DROP_MV, type PlantParams } from '../../sim/plant/params.ts';

/** What drives it at a ms: pump duty 0..1, coil 0..1 (1 = shut), limb volume pushed into the cuff, mL. */
export interface PlainInputs {
  pump(ms: number, p2: number): number;
  coil(ms: number, p2: number): number;
  limbMl(ms: number): number;
}

/** Runs `ms` milliseconds; `seen` gets the cuff pressure after each. Returns the last cuff pressure, mmHg. */
export function plainEquations(
  plant: PlantParams,
  ms: number,
  inputs: PlainInputs,
  seen?: (ms: number, p2: number) => void,
): number {
  const dt = 1 / 1000;
  const pa = AMBIENT_MMHG;
  const {
    pumpShutOff,
    valveB,
    valveC,
    sag,
    slackMl,
    slackMmHg,
    softMl,
    softMmHg,
    stretch,
    thermalS,
    pumpBackLeak,
  } = plant;
  const v1dt = plant.manifoldMl / pa / dt;
  const r1 = hoseR1(plant);
  const r2 = hoseR2(plant);
  const laminar = laminarSlope(valveB);
  const leak = flowForRate(plant, plant.leakMmHgPerMin) / 150;
  const span = 1 - plant.pumpFriction - 0.4 * plant.pumpLoad;
  const kFast = plant.creepFast * referenceCompliance(plant);
  const kSlow = plant.creepSlow * referenceCompliance(plant);
  const kSeat = plant.seat * seatingCompliance(plant);
  const rail = (plant.batteryMv - DRIVER_DROP_MV) / plant.ratedMv;
  let speed = 0;
  let spins = false;
  let phase = 0;
  let coil = 0;
  let pulled = false;
  let opening = 1;
  let p1 = 0;
  let p2 = 0;
  let volume = plant.residualMl;
  let gas = volume;
  let theta = 1;
  let fast = 0;
  let slow = 0;
  let seated = 0;
  let limb = inputs.limbMl(0);
  for (let t = 1; t <= ms; t += 1) {
    const volts = rail * (1 - sag * speed);
    const drive = inputs.pump(t, p2) * volts;
    const load = p1 / pumpShutOff;
    spins = drive > (spins ? plant.pumpRun : plant.pumpStart) + plant.pumpStall * load;
    let to = spins ? (drive - plant.pumpFriction - plant.pumpLoad * load) / span : 0;
    to = to < 0 ? 0 : to > 1.15 ? 1.15 : to;
    speed += ((to - speed) * dt) / (to > speed ? plant.pumpUpS : plant.pumpDownS);
    phase += plant.pumpHz * speed * dt;
    const pumpQ = plant.pumpFlow * speed * (1 + plant.pumpRipple * Math.sin(2 * Math.PI * phase));

    const command = inputs.coil(t, p2) * volts;
    coil += ((command - coil) * dt * 1000) / (plant.coilMs * (command > coil ? 1 : plant.flyback));
    if (pulled ? coil <= plant.coilDrop : coil >= plant.coilPull) pulled = !pulled;
    const travel = (dt * 1000) / plant.travelMs;
    opening = pulled ? Math.max(0, opening - travel) : Math.min(1, opening + travel);
    const nodeC = valveC * opening;

    const before = p1;
    let valveQ = 0;
    for (let i = 0; i < 3; i += 1) {
      const share = Math.max(0, 1 - p1 / pumpShutOff);
      let f = v1dt * (p1 - before) - pumpQ * share + pumpBackLeak * p1;
      let slope = v1dt + pumpQ / pumpShutOff + pumpBackLeak;
      if (nodeC > 0) {
        if (p1 <= LAMINAR_MMHG) {
          valveQ = nodeC * laminar * p1;
          slope += nodeC * laminar;
        } else {
          const abs = pa + p1;
          const z = Math.max(0, (pa / abs - valveB) / (1 - valveB));
          const root = Math.sqrt(1 - z * z);
          valveQ = nodeC * abs * root;
          slope += nodeC * (root + (z * pa) / (abs * (1 - valveB) * root));
        }
        f += valveQ;
      } else valveQ = 0;
      const d = p1 - p2;
      const root = Math.sqrt(r1 * r1 + 4 * r2 * Math.abs(d));
      f += (2 * d) / (r1 + root);
      slope += 1 / root;
      p1 -= f / slope;
    }
    const d = p1 - p2;
    const hoseQ = (2 * d) / (r1 + Math.sqrt(r1 * r1 + 4 * r2 * Math.abs(d)));
    const change = (hoseQ - leak * p2) * dt;

    const was = limb;
    limb = inputs.limbMl(t);
    fast += ((kFast * p2 - fast) * dt) / plant.creepFastS;
    slow += ((kSlow * p2 - slow) * dt) / plant.creepSlowS;
    seated += ((kSeat * p2 - seated) * Math.abs(limb - was)) / (200 * plant.seatReps);

    const cool = dt / thermalS;
    const damp = 1 / (1 + cool);
    const heat = 0.4 * theta;
    const warm = theta + (heat * change) / gas + cool;
    gas += change;
    const base = plant.residualMl + slackMl + fast + slow + seated - limb;
    const heatV = (heat * damp) / volume;
    const vOld = volume;
    for (let i = 0; i < 2; i += 1) {
      const e = slackMl * Math.exp(-p2 / slackMmHg);
      const folds = 1 / (Math.abs(p2) + softMmHg);
      volume = base - e + stretch * p2 + softMl * p2 * folds;
      const slope = e / slackMmHg + stretch + softMl * softMmHg * folds * folds;
      theta = warm * damp - heatV * (volume - vOld);
      const step =
        ((pa + p2) * volume - pa * gas * theta) / (volume + (pa + p2) * slope + pa * gas * heatV * slope);
      p2 -= step;
      volume -= slope * step;
      theta += heatV * slope * step;
    }
    seen?.(t, p2);
  }
  return p2;
}
