import { describe, expect, it } from 'vitest';
import { Flash } from '../../sim/board/flash.ts';
import { Storage } from '../../sim/board/storage.ts';
import { Random } from '../../sim/plant/random.ts';
import { evaluateThere, interpreter } from '../device/interpreter.ts';

/** What the virtual board claims of the interpreter, asked of the interpreter itself. */
const binary = interpreter('the virtual board against the interpreter');

function ask(program: string): string {
  return evaluateThere(binary ?? '', [program])[0] ?? '';
}

describe.skipIf(binary === undefined)('the real interpreter', () => {
  it('loses a timer slot for each removed task, until it is removed twice', () => {
    const loop = (removes: string) =>
      `var t=require("timer"),a=[],i,d;for(i=0;i<18;i++){d=t.add({type:"SET",pin:D5,value:0,time:1000});a.push(d);if(d>=0){${removes}}}a.join()`;
    expect(ask(loop('t.remove(d)'))).toBe('0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,-1,-1');
    expect(ask(loop('t.remove(d);t.remove(d)'))).toBe('0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0');
  });

  it('throws on clearInterval(undefined) and clears everything without an argument', () => {
    expect(ask('var r="no";try{clearInterval(undefined)}catch(e){r="threw"}r')).toBe('threw');
    expect(ask('setInterval(function(){},1000);clearInterval();"cleared"')).toBe('cleared');
  });

  it('answers undefined for a file that is not there, and refuses an empty one', () => {
    expect(ask('typeof require("Storage").read("none")')).toBe('undefined');
    expect(ask('var r="no";try{require("Storage").write("x","")}catch(e){r="threw"}r')).toBe('threw');
  });

  it('has the CRC-32 that the slots are checked by', () => {
    expect(ask('E.CRC32("123456789")')).toBe(String(0xcbf43926));
  });

  it('keeps the same files as the flash model after 120 random writes and erases', () => {
    const random = new Random(7);
    const model = new Storage(new Flash(64));
    const steps: string[] = [];
    for (let i = 0; i < 120; i++) {
      const name = `f${Math.floor(random.next() * 6)}`;
      const length = 1 + Math.floor(random.next() * 900);
      const digit = String(Math.floor(random.next() * 10));
      if (random.next() < 0.2) {
        model.erase(name);
        steps.push(`s.erase("${name}")`);
      } else {
        model.write(name, digit.repeat(length));
        steps.push(`s.write("${name}","${digit}".repeat(${length}))`);
      }
    }
    const digest = 's.list().sort().map(function(n){return n+":"+E.CRC32(s.read(n))}).join()';
    const there = ask(`var s=require("Storage");s.eraseAll();${steps.join(';')};${digest}`);
    const names = model.list().sort();
    expect(there.split(',').map((x) => x.split(':')[0])).toEqual(names);
    const here = evaluateThere(
      binary ?? '',
      names.map((n) => `"${n}:"+E.CRC32("${model.read(n)}")`),
    ).join(',');
    expect(there).toBe(here);
  });
});
