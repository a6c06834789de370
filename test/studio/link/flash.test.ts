/** Flashing from the page over a faked serial port: each way in which it can end badly, what the page says then, and that doing it again works. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VirtualBoard } from '../../../sim/board/virtual-board.ts';
import { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { flashBoard } from '../../../sim/studio/link/service-work.ts';
import { stopWords } from '../../../sim/studio/link/stopper.ts';
import { wantedBoard } from '../../../tools/board/board-names.ts';
import type { Updated } from '../../../tools/flash/run-update.ts';
import { newBoard } from '../../flash/board-server.ts';
import { openService, smallFirmware, updateDirectly } from '../../flash/small-firmware.ts';
import { SerialCable } from './fake-serial.ts';
import { over, troubleKind, until } from './stand.ts';

const ONE = smallFirmware('one', '0.1.0');
const TWO = smallFirmware('two', '0.2.0', 6);
const JOLT = wantedBoard('jolt');

let board: VirtualBoard;
let cable: SerialCable;
let client: CuffClient;
const steps: string[] = [];
let onStep: (text: string) => void;

beforeEach(async () => {
  board = newBoard();
  board.powerOn();
  await updateDirectly(board, ONE);
  openService(board);
  vi.useFakeTimers();
  cable = new SerialCable(board);
  client = new CuffClient({ serial: cable });
  steps.length = 0;
  onStep = () => {};
  await over(client.connect('usb'));
});
afterEach(() => {
  cable.stop();
  vi.useRealTimers();
});

function flash(wanted = JOLT): Promise<Updated | undefined> {
  const tell = (text: string): void => {
    steps.push(text);
    onStep(text);
  };
  let pieces = 0;
  return over(
    client.work('flash', (open, port) =>
      flashBoard(open, port, {
        board: wanted,
        firmware: TWO,
        say: () => {},
        planned: () => tell('planned'),
        step: tell,
        progress: () => tell(`piece ${++pieces}`),
      }),
    ),
  );
}

/** The image that a start brings up. */
function starts(): unknown {
  board.powerOff();
  board.powerOn();
  return board.evaluate('typeof cuff=="object"&&cuff?cuff.name:undefined');
}

describe('flashing from the page', () => {
  it('meets a board in service mode, writes, restarts, and sees the image run', async () => {
    expect(client.connection.value).toMatchObject({ at: 'console', mode: 'service' });
    expect((await flash())?.running).toMatch(/version 0\.2\.0 runs/);
    await until(() => client.connection.value.at === 'console', 'met again');
    expect(client.connection.value).toMatchObject({ mode: 'image' });
    expect([cable.ports > 1, starts()]).toEqual([true, 'two']);
  });

  // planned, writing, six pieces of which two are looked at, checking, switching, restarting
  it.each([0, 1, 2, 5, 8, 9, 10])(
    'unplugged at step %i: the old image or the new one, told, and the same again works',
    async (at) => {
      onStep = () => {
        if (steps.length !== at + 1) return;
        cable.unplug();
        setTimeout(() => cable.plug(), 500);
      };
      await flash();
      expect(steps.length).toBeGreaterThan(at);
      // a restart is waited for: pulled there, it is only slower
      expect(troubleKind(client)).toBe(steps.includes('Restarting') ? '' : 'unplugged');
      expect(['one', 'two']).toContain(starts());
      onStep = () => {};
      openService(board);
      await vi.advanceTimersByTimeAsync(1000);
      await over(client.connect('usb'));
      expect((await flash())?.running).toMatch(/0\.2\.0 runs/);
      expect(starts()).toBe('two');
    },
  );

  it.each([
    ['another board', () => {}, { name: 'other', espruino: 'OTHER' }, 'wrong-board'],
    ['an Espruino that is too old', () => board.evaluate('process.env.VERSION="2v25"'), JOLT, 'too-old'],
    ['a full Storage', () => fill(), JOLT, 'storage-full'],
    [
      'start-up programs of somebody else',
      () => board.write({ '.boot0': 'E.setFlags({});' }),
      JOLT,
      'other-programs',
    ],
  ])('%s: told, nothing of the image in use is touched', async (_what, prepare, wanted, kind) => {
    prepare();
    expect(await flash(wanted)).toBeUndefined();
    expect(troubleKind(client)).toBe(kind);
    expect(board.machine.storage.read('cuff.a')).toBe(ONE.code);
  });

  function fill(): void {
    const { storage } = board.machine;
    storage.write('music', 'm'.repeat(storage.getFree() - 8000));
  }

  it('damaged bytes cost repeats, never a wrong image', async () => {
    let n = 0;
    const damage = (text: string): string => text.replace(/[a-z]/g, (c) => (++n % 1500 === 0 ? '#' : c));
    cable.knobs.toBoard = damage;
    cable.knobs.fromBoard = damage;
    expect((await flash())?.running).toMatch(/0\.2\.0 runs/);
    expect(board.machine.storage.read('cuff.b')).toBe(TWO.code);
  });

  it('a STOP ends it at once, and says what answers', async () => {
    onStep = (text) => {
      if (text === 'piece 2') client.stop();
    };
    expect(await flash()).toBeUndefined();
    expect(steps.filter((step) => step.startsWith('piece')).length).toBeLessThan(5);
    expect(stopWords(client.stopper.state.value)).toMatch(/^A console answers, not a cuff.*open the strap/);
    expect(troubleKind(client)).toBe('stopped');
    await until(() => client.connection.value.at === 'console', 'met again');
    expect(starts()).toBe('one');
  });
});
