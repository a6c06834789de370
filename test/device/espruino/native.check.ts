/**
 * What only the interpreter's own timers show: the image runs on them in real time, on a surface that does nothing but note what is
 * asked of it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HIDE_BOOT } from '../../../sim/interpreter/hide-boot.ts';
import { installFiles } from '../../../sim/interpreter/install.ts';
import { TICK_MS } from '../../../src/limits.ts';
import { flashOf, needInterpreter, specOf } from './setup.ts';

/** Vented part at 760 mmHg; every call that matters goes as a line into the file `notes`. */
const SURFACE = `
var $file=E.openFile("notes","w"),$code=0x199999+Math.round(760*134217730000/12928731);
function $note(s){$file.write(s+"\\n");}
function digitalWrite(p,v){$note("w "+(p+0)+" "+v);}
function digitalRead(){return 1;}
function analogRead(){return 0.16;}
function analogWrite(p,v){$note("p "+(p+0)+" "+v);}
function pinMode(){}
function setWatch(){return 1;}
D33=33;D34=34;D35=35;D36=36;D37=37;D38=38;D39=39;D40=40;D41=41;D42=42;D43=43;D44=44;D45=45;D46=46;D47=47;LED3=41;
function $I2C(){}
$I2C.prototype.setup=function(){};
$I2C.prototype.writeTo=function(){};
$I2C.prototype.readFrom=function(){$code+=1-2*($code&1);return new Uint8Array([64,$code>>16,($code>>8)&255,$code&255]);};
var I2C1=new $I2C();
var $Q={setPower:function(){return this;},i2c:function(){return I2C1;}};
var Jolt={Q0:$Q,Q1:$Q,setDriverMode:function(n,m){$note("d "+n+" "+m);}};
function $Port(){}
$Port.prototype.on=function(){};
$Port.prototype.write=function(){};
var Bluetooth=new $Port();
E.getAnalogVRef=function(){return 3.3;};
E.enableWatchdog=function(s,a){$note("dog "+s+" "+a);};
E.kickWatchdog=function(){$note("kick "+(typeof cuff=="object"?cuff.core.tick.count:-1));};
Modules.addCached("timer",function(){exports.add=function(o){$note("lease "+(o.pin2===undefined?0:1));return 1;};exports.remove=function(){return true;};});
`;

interface Native {
  /** Lines noted so far. */
  notes(): string[];
  type(bytes: string): void;
}

/** Boot the shipped image on native timers, with `extra` in `.boot1`, and let `look` watch it. */
async function onNativeTimers(extra: string, look: (native: Native) => Promise<void>): Promise<void> {
  const interpreter = needInterpreter();
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-native-'));
  const files = await flashOf(specOf('run', 1));
  installFiles(interpreter.path, folder, { ...files, '.boot0': HIDE_BOOT + SURFACE, '.boot1': extra });
  spawnSync('mkfifo', ['keys'], { cwd: folder });
  const keys = openSync(join(folder, 'keys'), constants.O_RDWR);
  const log = openSync(join(folder, 'printed'), 'w');
  const child = spawn('timeout', ['-s', 'KILL', '60', interpreter.path], {
    cwd: folder,
    stdio: [keys, log, log],
    detached: true,
  });
  try {
    await look({
      notes: () => readFileSync(join(folder, 'notes'), 'latin1').trim().split('\n'),
      type: (bytes) => writeSync(keys, bytes),
    });
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    closeSync(keys);
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Wait until `is` holds, at most 20 s. */
async function until(is: () => boolean): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    try {
      if (is()) return;
    } catch {
      // the file is not there yet
    }
    await sleep(50);
  }
  throw new Error('waited 20 s for something that did not come');
}

const kicks = (native: Native): number => native.notes().filter((l) => l.startsWith('kick')).length;

describe("the image on the interpreter's own timers", () => {
  it('starts the watchdog by hand-kick before anything else runs, and kicks once a tick', async () => {
    await onNativeTimers(';', async (native) => {
      await until(() => kicks(native) > 20);
      expect(native.notes().filter((l) => l.startsWith('dog'))).toEqual([
        expect.stringMatching(/^dog [\d.]+ false$/),
      ]);
      const before = native
        .notes()
        .filter((l) => l.startsWith('kick'))
        .slice(-5)
        .map((l) => Number(l.slice(5)));
      const steps = before.slice(1).map((n, i) => n - (before[i] ?? 0));
      expect(steps).toEqual([1, 1, 1, 1]);
    });
  });

  it('kicks no more and cuts both outputs after too deep recursion in its interval', async () => {
    const trap =
      'setTimeout(function(){function deep(){deep();}var s=cuff.core.ports.sensor;s.convert=function(){$note("deep");deep();};},2000);';
    await onNativeTimers(trap, async (native) => {
      await until(() => native.notes().includes('deep'));
      await sleep(60 * TICK_MS);
      const lines = native.notes();
      const after = lines.slice(lines.indexOf('deep'));
      // the interval is gone after one death: a second conversion is never tried
      expect(after.filter((l) => l === 'deep')).toHaveLength(1);
      // the tick that was already waiting may still run; then nothing feeds the watchdog, and the chip resets
      expect(after.filter((l) => l.startsWith('kick')).length).toBeLessThanOrEqual(1);
      expect(after.filter((l) => l.startsWith('lease'))).toEqual([]);
      expect(after).toContain('w 23 0');
      // the pump's output is low and stays low; its driver may be awake for a measurement of the rail
      const pump = lines.filter((l) => /^[wp] 17 /.test(l));
      expect(pump.at(-1)).toBe('w 17 0');
      expect(after.filter((l) => l.startsWith('p 17'))).toEqual([]);
    });
  });

  it('has no console: Ctrl-C and typed lines change nothing', async () => {
    await onNativeTimers(';', async (native) => {
      await until(() => kicks(native) > 10);
      native.type('\x03\x03$note("typed");\n');
      const before = kicks(native);
      await until(() => kicks(native) > before + 25);
      native.type('\x03\n$note("typed");\n');
      await sleep(500);
      expect(native.notes()).not.toContain('typed');
    });
  });
});
