import { describe, expect, it } from 'vitest';
import { foundOf, type Packet } from '../../sim/board/radio.ts';
import { type BenchOptions, on } from './support.ts';

/** Times of the relay, written down a second time. */
const BURST_MS = 3000;
const SAME_MS = 500;
const PAIR = 4711;

describe('the relay', () => {
  const RELAY = `
import { Relay } from '../../hal/relay.ts';
const heard = [];
const relay = new Relay({ onStop: (number) => { heard.push(number); } });
export default { relay, heard };`;
  const relay = (pair: number | string = PAIR, options?: BenchOptions) => {
    const b = on(RELAY, options);
    b.run(`cuff.relay.pair(${pair})`);
    const radio = b.board.machine.radio;
    const sent = (): readonly number[] | undefined => radio.sending?.packet.serviceData['ffc5'];
    const hear = (data: Packet['serviceData'] | undefined): string => {
      b.board.machine.hear(data === undefined ? { id: 'x', rssi: -60 } : foundOf({ serviceData: data }, 'x'));
      return b.run('cuff.heard.join()') as string;
    };
    return { ...b, radio, sent, hear };
  };
  it('without a pair, or with an id that is none, the radio is left alone', () => {
    for (const pair of [0, -1, 65536, 'NaN']) {
      const { radio, run, sent } = relay(pair);
      run('cuff.relay.stop()');
      expect([radio.listening, sent(), radio.changes], String(pair)).toEqual([undefined, undefined, 0]);
    }
    for (const pair of [1, 65535]) expect(relay(pair).radio.listening).toBeDefined();
  });
  it('listens for its own service a fifth of the time, in a window longer than the pause between two packets', () => {
    const l = relay().radio.listening;
    expect([l?.service, l?.windowMs, l?.intervalMs]).toEqual(['ffc5', 35, 175]);
  });
  it('a stop is the pair and a number, sent every 20 ms for three seconds, then the radio is as it was', () => {
    const { board, radio, run, sent } = relay();
    board.advanceTo(10_000);
    run('cuff.relay.stop()');
    expect([sent(), radio.sending?.intervalMs]).toEqual([[83, PAIR >> 8, PAIR & 255, 1], 20]);
    board.advanceTo(10_000 + BURST_MS - 1);
    expect(sent()).toBeDefined();
    board.advanceTo(10_000 + BURST_MS + 1);
    expect([sent(), radio.sending?.intervalMs, radio.changes]).toEqual([undefined, 375, 2]);
  });
  it('a timer that is a ms early ends the burst all the same', () => {
    const { board, run, sent } = relay();
    board.advanceTo(10_000);
    run('cuff.relay.stop();cuff.relay.sentAt+=1');
    board.advanceTo(10_000 + BURST_MS + 1);
    expect(sent()).toBeUndefined();
  });
  it('the first stop may come at once after the start', () => {
    const { run, sent } = relay();
    run('cuff.relay.stop()');
    expect(sent()?.[3]).toBe(1);
  });
  it('a flood of stops is one: a second within half a second is not sent anew, a later one is', () => {
    const { board, radio, run, sent } = relay();
    board.advanceTo(10_000);
    run('for(var i=0;i<50;i++)cuff.relay.stop()');
    board.advanceTo(10_000 + SAME_MS - 1);
    run('cuff.relay.stop()');
    expect([radio.changes, sent()?.[3]]).toEqual([1, 1]);
    board.advanceTo(10_000 + SAME_MS);
    run('cuff.relay.stop()');
    expect([radio.changes, sent()?.[3]]).toEqual([2, 2]);
  });
  it('the end of a burst does not end a later one', () => {
    const { board, run, sent } = relay();
    board.advanceTo(10_000);
    run('cuff.relay.stop()');
    board.advanceTo(12_000);
    run('cuff.relay.stop()');
    board.advanceTo(12_000 + BURST_MS - 1);
    expect(sent()?.[3]).toBe(2);
    board.advanceTo(12_000 + BURST_MS + 1);
    expect(sent()).toBeUndefined();
  });
  it('numbers go round within a byte', () => {
    const { board, run, sent } = relay();
    for (let i = 1; i <= 257; i++) {
      board.advanceTo(i * 1000);
      run('cuff.relay.stop()');
      expect(sent()?.[3]).toBe(i & 255);
    }
  });
  it('hears whole stops of its own pair and nothing else', () => {
    const stop = [83, PAIR >> 8, PAIR & 255, 9];
    const { board, hear } = relay();
    for (const data of [
      undefined,
      {},
      { feaa: stop },
      { ffc5: [] },
      { ffc5: stop.slice(0, 3) },
      { ffc5: [...stop, 0] },
      { ffc5: [84, ...stop.slice(1)] },
      { ffc5: [83, (PAIR >> 8) + 1, PAIR & 255, 9] },
      { ffc5: [83, PAIR >> 8, (PAIR & 255) + 1, 9] },
    ])
      expect(hear(data), JSON.stringify(data)).toBe('');
    expect(board.machine.complaints).toEqual([]);
    expect(hear({ ffc5: stop })).toBe('9');
  });
  it('asks the radio for no more than it needs, and gives it back', () => {
    const { board, run } = relay();
    run(
      'var asked=[];var native=NRF.setAdvertising;NRF.setAdvertising=function(d,o){asked.push(o);native(d,o)}',
    );
    run('cuff.relay.stop()');
    board.advanceTo(BURST_MS + 1);
    expect(JSON.parse(run('JSON.stringify(asked)') as string)).toEqual([
      { interval: 20, showName: false, manufacturer: 0, whenConnected: true },
      { interval: 375, showName: true, whenConnected: false },
    ]);
  });
  it('closed without a pair it leaves the radio alone; closed with one that goes on listening it is deaf', () => {
    const none = relay(0);
    none.run('var scans=0;NRF.setScan=function(){scans++}');
    none.run('cuff.relay.close()');
    expect(none.run('scans')).toBe(0);
    const { run, radio, hear } = relay();
    run('NRF.setScan=function(){throw new Error("busy")};cuff.relay.close()');
    expect(radio.listening).toBeDefined();
    for (const pair of [PAIR, 0]) expect(hear({ ffc5: [83, pair >> 8, pair & 255, 9] })).toBe('');
  });
  it('a radio that refuses to listen is a cuff without a pair, one that refuses to send or to be quiet makes no noise', () => {
    const deaf = relay(PAIR, { faults: [{ kind: 'throw', call: 'setScan', atMs: 0 }] });
    expect(deaf.run('cuff.relay.pairId')).toBe(0);
    const dumb = relay(PAIR, { faults: [{ kind: 'throw', call: 'setAdvertising', atMs: 0 }] });
    expect(() => dumb.run('cuff.relay.stop()')).not.toThrow();
    dumb.board.advanceTo(5000);
    const late = relay(PAIR, { faults: [{ kind: 'throw', call: 'setAdvertising', atMs: 1000 }] });
    late.run('cuff.relay.stop()');
    late.board.advanceTo(5000);
    expect([dumb.board.machine.complaints, late.board.machine.complaints]).toEqual([[], []]);
  });
  it('closed, it is deaf, and a burst under way ends', () => {
    const { board, radio, run, sent, hear } = relay();
    run('cuff.relay.stop();cuff.relay.close();cuff.relay.close()');
    expect([radio.listening, hear({ ffc5: [83, PAIR >> 8, PAIR & 255, 9] })]).toEqual([undefined, '']);
    expect(() => run('cuff.relay.stop()')).toThrow(/closed/);
    board.advanceTo(BURST_MS + 1);
    expect(sent()).toBeUndefined();
  });
});
