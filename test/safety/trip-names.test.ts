/** What the device knows of a trip by its code alone. */
import { describe, expect, it } from 'vitest';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { nameToday, RETIRED_CODES, TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { TRIP_SENSOR_FROZEN } from '../../src/safety/rows/sensor.ts';
import { TRIP_NOT_VENTING } from '../../src/safety/rows/vent.ts';
import { isClearedByPress, isHazard, TRIP_NONE, tripName } from '../../src/safety/trips.ts';

const UNKNOWN = 99;

describe('a trip by its code', () => {
  it('has a name, and one of a later firmware is an internal error', () => {
    const names = [TRIP_NONE, TRIP_LEAK, TRIP_NOT_VENTING, UNKNOWN, -1].map(tripName);
    expect(names).toEqual(['none', 'leak', 'not-venting', 'internal-error', 'internal-error']);
  });
  it('is cleared by a press where its row says so, and never where there is no row', () => {
    const cleared = [TRIP_NONE, TRIP_LEAK, TRIP_SENSOR_FROZEN, UNKNOWN].map(isClearedByPress);
    expect(cleared).toEqual([true, true, false, false]);
  });
  it('is a hazard where its row says so', () => {
    expect([TRIP_LEAK, TRIP_NOT_VENTING, UNKNOWN].map(isHazard)).toEqual([false, true, false]);
  });
  it('is in the table in its place by its code, so that a list of them is in that order', () => {
    const codes = TRIP_ROWS.map((row) => row.code);
    expect(codes).toEqual([...codes].sort((a, b) => a - b));
    expect([codes[0], new Set(codes).size]).toEqual([1, codes.length]);
    const gaps = Array.from({ length: Math.max(...codes) }, (_, i) => i + 1).filter(
      (c) => !codes.includes(c),
    );
    expect(gaps).toEqual(RETIRED_CODES);
  });
  it('is found under the name that older firmware wrote, and what nobody knows stays as it is', () => {
    expect(['air-missing', 'valve-idle', 'leak', 'nonsense'].map(nameToday)).toEqual([
      'air-unaccounted',
      'valve-without-effect',
      'leak',
      'nonsense',
    ]);
  });
});
