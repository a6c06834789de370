/** A stage that writes what it may not write fails the type check: each line below is an error that the compiler must see. */
import { expect, it } from 'vitest';
import {
  type AssessTick,
  createTick,
  type DemandTick,
  type GateTick,
  type ReadTick,
  type RegulateTick,
  type SenseTick,
} from '../../src/tick.ts';

it('each stage may write its own slice and nothing else', () => {
  const tick = createTick(50);
  const sense: SenseTick = tick;
  sense.measuredMmHg = 1;
  // @ts-expect-error: sensing asks for nothing
  sense.setpoint = 1;
  const assess: AssessTick = tick;
  assess.doubtful = true;
  // @ts-expect-error: the supervisor does not correct a reading
  assess.measuredMmHg = 2;
  // @ts-expect-error: nor does it propose
  assess.pump = 2;
  const asked: DemandTick = tick;
  asked.setpoint = 3;
  // @ts-expect-error: who asks for pressure does not drive
  asked.outPump = 3;
  const regulate: RegulateTick = tick;
  regulate.bleedMs = 4;
  // @ts-expect-error: the regulator proposes, the gate disposes
  regulate.outBleedMs = 4;
  // @ts-expect-error: and it does not move its own target
  regulate.setpoint = 4;
  const gate: GateTick = tick;
  gate.outVent = true;
  // @ts-expect-error: the gate does not change the demand
  gate.setpoint = 5;
  const read: ReadTick = tick;
  // @ts-expect-error: the recorder changes nothing
  read.outVent = false;
  // the writes above did happen: the types guard, not the record
  expect([tick.setpoint, tick.outBleedMs, tick.outVent]).toEqual([5, 4, false]);
});
