/** The electrical step of the wizard on every board that may be worn: what is wrong there is found, with read-back or by a person's eyes. */
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../sim/board/wired-layout.ts';
import { electricLines } from '../../sim/commission/electric.ts';
import { type Build, HEALTHY } from '../../sim/commission/hidden.ts';
import { JOLT_PINS } from '../../sim/commission/pins.ts';
import { SimulatedBench } from '../../sim/commission/simulated.ts';
import { deadMan } from '../../tools/build/board-checks.ts';
import { boardObject } from '../../tools/build/board-object.ts';
import { drivePins } from '../../tools/build/drive-pins.ts';
import { choices } from '../../tools/build/project.ts';

const BOARDS = choices('boards').filter((board) => deadMan(board) !== '');

/** Lines that have not passed. */
async function failing(board: string, build: Partial<Build> = {}): Promise<string[]> {
  const lines = await electricLines(
    new SimulatedBench({ ...HEALTHY, ...build }, 7, {
      layout: layoutOf(board),
      pins: drivePins(board),
    }),
  );
  expect(lines).toHaveLength(6);
  return lines.filter((line) => !line.passed).map((line) => line.id);
}

describe.each(BOARDS)('%s', (board) => {
  it('passes when nothing is wrong', async () => {
    expect(await failing(board)).toEqual([]);
  });

  it('swapped outputs are found', async () => {
    expect(await failing(board, { swapped: true })).toEqual(
      expect.arrayContaining(['pump-alone', 'valve-alone']),
    );
  });

  it('a missing pull-down is found', async () => {
    expect(await failing(board, { noPullDown: true })).toContain('enables-floating');
  });

  it('a dead lease is found', async () => {
    expect(await failing(board, { deadLease: true })).toContain('dead-man');
  });

  it('a dead watchdog is found', async () => {
    expect(await failing(board, { deadWatchdog: true })).toContain('watchdog');
  });

  it.runIf(boardObject(board).deadMan !== undefined)('a dead monostable is found', async () => {
    expect(await failing(board, { deadMonostable: true })).toContain('dead-man');
  });
});

it('the pins that are written down for the reference board are its own', () => {
  expect(JOLT_PINS).toEqual(drivePins('jolt'));
});
