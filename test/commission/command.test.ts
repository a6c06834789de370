/** The words of `npm run cuff -- commission --simulated`: a name that only every object has is none, and no option is silently left out. */
import { describe, expect, it, vi } from 'vitest';
import { paceOf } from '../../sim/board/cost/board-cost.ts';
import { commissionCommand } from '../../sim/commission/command.ts';
import { pictureSvg } from '../../sim/docs/pictures.ts';
import { wantedBoard } from '../../tools/board/board-names.ts';

describe.each(['toString', 'constructor', '__proto__'])('%s', (name) => {
  it('is no fault, no board, no pace and no picture', async () => {
    const given = { board: 'jolt', simulated: name };
    await expect(commissionCommand(given)).rejects.toThrow(/^--simulated ".*": known are leak, /);
    await expect(commissionCommand({ board: name, simulated: true })).rejects.toThrow(
      /^no board .*: known are/,
    );
    expect(() => wantedBoard(name)).toThrow(/: known are /);
    expect(() => paceOf(name)).toThrow(/^no pace of board /);
    expect(() => pictureSvg(name)).toThrow(/^no picture /);
  });
});

it('a port has no place beside a simulated build', async () => {
  await expect(commissionCommand({ board: 'jolt', simulated: true, port: 'x' })).rejects.toThrow(
    /^--port "x"/,
  );
});

it('the board that is named is the one that is simulated', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  // on a board whose dead-man is outside of the chip, without read-back, the simulated person is asked what moved
  expect(await commissionCommand({ board: 'xiao', simulated: 'missing pull-down' })).toBe(1);
  const said = log.mock.calls.map(([text]) => String(text));
  log.mockRestore();
  expect(said[0]).toContain('those of xiao');
  expect(said.join('\n')).toMatch(/FAILED output with the enables let go, as in a reset: not measured/);
});
