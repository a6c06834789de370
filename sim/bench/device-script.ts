/** The scripts whose pieces are counted: a quiet surface, the recorded session on it, and the simplest possible tick to compare with. */
import { SLOTS } from '../../src/control/forecast.ts';
import { CONVERT_MS, TICK_MS } from '../../src/limits.ts';
import { BLOCK_ROWS, RING_ROWS } from '../../src/record/recorder.ts';
import { MARK } from './device-count.ts';
import type { RecordedTick } from './device-session.ts';

/**
 * The large typed arrays of a tick, made while memory is in one piece, as it is on a board, where the program stays in flash. With the
 * program in RAM they would come out as chains of blocks, and an access would walk the chain.
 */
const WHOLE = `
var $whole16=[new Int16Array(${RING_ROWS}),new Int16Array(${RING_ROWS}),new Int16Array(${RING_ROWS / BLOCK_ROWS})],
$whole32=[new Float32Array(${SLOTS})];
$whole16.concat($whole32).forEach(function(a){if(!E.getAddressOf(a,true))throw new Error("replay: memory in pieces");});
function $taken(whole,n){
 var i;
 for(i=0;i<whole.length;i++)if(whole[i].length===n)return whole.splice(i,1)[0];
}
function $Int16Array(n){return $taken($whole16,n)||new Int16Array(n);}
function $Float32Array(n){return $taken($whole32,n)||new Float32Array(n);}
`;

/** The image takes those, where it makes its own. */
function withWhole(image: string): string {
  return image.replaceAll(/new (Int16Array|Float32Array)\(/g, '$$$1(');
}

/**
 * Natives that do nothing or answer what was recorded, as cheap as functions of a program can be: still 2 to 4 times what the
 * interpreter's own take (8 thousand instructions for a timeout, 2 for the time). Those that a tick calls come first, as names are found
 * in the order of their making; a timeout is only noted, and queued by the player outside of what is counted. `$stage` separates pieces
 * while `$mark` is set.
 */
const SURFACE = `
function digitalWrite(p,v){}
function analogWrite(p,v,o){}
function digitalRead(p){return $a[$n++];}
function analogRead(p){return $a[$n++];}
function getTime(){return $s;}
function setTimeout(f,ms){$l=[f,ms,++$id,$l];return $id;}
var $s=0,$l,$a=[],$n=0,$r,$now=0,$q=[],$id=1,$iv,$w=[],$mark=function(){},
I2C1={setup:function(o){},writeTo:function(a,d){},readFrom:function(a,n){return $r;}};
function $stage(){$mark();}
function setInterval(f,ms){$iv=f;return 1;}
function $queue(){
 var a=[];
 for(;$l;$l=$l[3])a.unshift({t:$now+$l[1],f:$l[0],id:$l[2]});
 $q=$q.concat(a);
}
function $at(ms){$now=ms;$s=ms/1000;}
function clearTimeout(id){$queue();$q=$q.filter(function(x){return x.id!==id;});}
function clearInterval(){}
function setWatch(f,p,o){$w.push({f:f,p:p});return $w.length;}
function clearWatch(){}
function pinMode(p,m){}
var D33=33,D34=34,D35=35,D36=36,D37=37,D38=38,D39=39,D40=40,D41=41,D42=42,D43=43,D44=44,D45=45,D46=46,D47=47,LED1=D6,LED2=D8,LED3=41;
var $Q={setPower:function(){return this;},i2c:function(){return I2C1;}};
var Jolt={Q0:$Q,Q1:$Q,setDriverMode:function(n,m){}};
var $hear=function(s){},USB={on:function(e,f){$hear=f;},write:function(){}},Bluetooth={on:function(){},write:function(){}};
E.getAnalogVRef=function(){return $a[$n++];};
E.enableWatchdog=function(s,a){};
E.kickWatchdog=function(){};
E.setConsole=function(d,o){};
E.reboot=function(){throw new Error("replay: reboot");};
Modules.addCached("timer",function(){var id=0;exports.add=function(o){return id=(id+1)&7;};exports.remove=function(id){return true;};});
var $flash={};
Modules.addCached("Storage",function(){
exports.read=function(n){return $flash[n];};
exports.readJSON=function(n){return $flash[n]===undefined?undefined:JSON.parse($flash[n]);};
exports.write=function(n,d){$flash[n]=d;return true;};
exports.erase=function(n){delete $flash[n];};
exports.list=function(){return Object.keys($flash);};
exports.getFree=function(){return 100000;};
exports.compact=function(){};
});
`;

/** One recorded tick in ms of virtual time; `on`: its pieces are counted; `bytes` come over USB, and reading them is the tick's. */
const PLAYER = `
function $due(t){
 var i;
 $queue();
 for(i=0;i<$q.length;i++)if($q[i].t<=t)return $q.splice(i,1)[0];
}
function $play(k,answers,edges,on,bytes){
 var i,x,last=k*TICK+CONVERT,w;
 $a=[];
 $n=0;
 answers.forEach(function(a){if(a[0]===0)$r=new Uint8Array(a.slice(1));else $a.push(a[1]);});
 for(i=0;i<edges.length;i++){
  $at((k-1)*TICK+CONVERT+1);
  w=$w[edges[i][0]];
  w.f({state:(edges[i][0]===0)===(edges[i][1]===1),time:$now/1000,lastTime:0,pin:w.p});
 }
 while((x=$due(k*TICK-1))){$at(x.t);x.f();}
 $at(k*TICK);
 if(on){E.getTemperature();$iv();E.getTemperature();}else $iv();
 while((x=$due(last-1))){$at(x.t);x.f();}
 $at(last);
 x=$due(last);
 if(on)$mark=E.getTemperature;
 if(on)E.getTemperature();
 if(bytes)$hear(bytes);
 x.f();
 if(on)E.getTemperature();
 $mark=function(){};
 if($n!==$a.length)throw new Error("replay: "+$n+" of "+$a.length+" answers used in tick "+k);
}
function $state(){var v=cuff.view();return [v.tick,v.phase,v.pump,v.bleedMs,v.vent,v.trip];}
`;

export interface Replay {
  readonly script: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What a counted tick shows of itself at the end of the replay. */
export function stateOf(tick: RecordedTick): number[] {
  const v = tick.row;
  return [v.tick, v.phase, v.pump, v.bleedMs, v.vent, v.trip];
}

/**
 * Script that replays `ticks` in the image and counts those for which `counted` is true. It prints the state after each of these. `heard`: bytes that
 * come over the link in a tick.
 */
export function replayScript(
  image: string,
  stored: Readonly<Record<string, string>>,
  ticks: readonly RecordedTick[],
  counted: (index: number) => boolean,
  heard: (index: number) => string = () => '',
): Replay {
  const plays = ticks.map((t, i) => {
    const on = counted(i);
    const play = `$play(${i + 1},${JSON.stringify(t.answers)},${JSON.stringify(t.edges)},${on},${JSON.stringify(heard(i))});`;
    return on ? `${play}print("@"+JSON.stringify($state()));` : play;
  });
  const script = [
    WHOLE,
    SURFACE,
    `$flash=${JSON.stringify(stored)};`,
    'var cuff=eval(require("fs").readFileSync("image.txt"));',
    PLAYER.replaceAll('TICK', String(TICK_MS)).replaceAll('CONVERT', String(CONVERT_MS)),
    ...chunks(plays),
    MARK,
  ].join('\n');
  return { script, files: { 'image.txt': withWhole(image) } };
}

/** Small functions, so that the script's own text costs little while a tick runs. */
function chunks(plays: readonly string[]): string[] {
  return plays.map((p) => `(function(){${p}})();`);
}

/**
 * Read, compare, write: the least that could hold a pressure. Same part, same surface, written flat; both ways through its branch.
 */
export const BANG_BANG = `${SURFACE}
var $low=100,$high=104,$pump=0;
function bang(){
 var b=I2C1.readFrom(24,4),p=((b[1]*65536+b[2]*256+b[3]-1677722)*12928731)/134217730000-760;
 if(p<$low){if(!$pump){$pump=1;digitalWrite(D17,1);}}
 else if(p>$high){if($pump){$pump=0;digitalWrite(D17,0);}}
 I2C1.writeTo(24,[170,0,0]);
}
function $bang(code,n){
 $r=new Uint8Array([64,code>>16,(code>>8)&255,code&255]);
 if(n){E.getTemperature();bang();E.getTemperature();}else bang();
}
$bang(10000000,0);$bang(10000000,1);$bang(11000000,1);$bang(10000000,1);$bang(10660000,1);
E.getTemperature();
`;
/** Pieces of BANG_BANG that are its ticks. */
export const BANG_PIECES = [0, 2, 4, 6];
