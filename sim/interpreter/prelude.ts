/**
 * The text that runs in the interpreter before the loader (`.boot0`). It puts virtual time and Node's board in the place of the
 * hardware, at root scope, so that loader and image run as they are. Names begin with `$`, which no image of ours uses.
 *
 * Timers live here, in the interpreter's order (due time, then age). What happens is queued with its virtual time and goes up with
 * the next frame; what needs an answer asks for it at once. The native loop is asked back after each command, with the next turn
 * already in its queue: so a callback that dies uncatchably is noticed, and loses its interval, as it does on a board.
 */
import { VIEW_FIELDS } from '../../tools/view-fields.ts';
import type { EspruinoVersion } from '../board/chip.ts';
import * as f from './frames.ts';
import { BUSES, CHIP, OLD_MEMORY } from './prelude-chip.ts';

export interface PreludeOptions {
  /** Copy what is read from Storage to RAM: fast, for everything but counting variables. */
  readonly ram: boolean;
  /** Expression for the view, an object with VIEW_FIELDS; evaluated after each callback. */
  readonly view: string;
  /** The interpreter that is stood for, whichever runs it. */
  readonly version: EspruinoVersion;
}

const TRANSPORT = `
var $B=new Uint8Array(32768),$F=new Float64Array($B.buffer),$n=1,
$I=new Uint8Array(${f.DOWN}),$G=new Float64Array($I.buffer),
$now=0,$tick=0,$stop=0,$until=0,$busy=0,$peak=0,
$native={st:setTimeout,memory:process.memory},
$in=E.openFile("down","r"),$out=E.openFile("up","w"),$text="";
function $e(k,a,b,c,d){
 $F.set([k,$now,a,b,c,d],$n);
 $n+=${f.RECORD};
 if($n>2900)$ask(${f.ASK_MORE},0,0,0);
}
function $say(k,a,s){
 if(s.length>8000)s=s.substr(0,8000);
 $F.set([k,$now,a,s.length,0,0],$n);
 $n+=${f.RECORD};
 $B.set(s,$n*8);
 $n+=${f.RECORD}*Math.ceil(s.length/${f.RECORD * 8});
 if($n>2900)$ask(${f.ASK_MORE},0,0,0);
}
function $send(){
 $F[0]=$n;
 $out.write(new Uint8Array($B.buffer,0,$n*8));
 $n=1;
 $text=$in.read(${f.DOWN});
 if(!$text||$text.length<${f.DOWN}){quit();throw "the driver has gone";}
 $I.set($text);
}
function $ask(k,a,b,c){
 $F.set([k,$now,a,b,c,0],$n);
 $n+=${f.RECORD};
 $send();
 return $G[0];
}
function $usage(){var u=$native.memory(false).usage;if(u>$peak)$peak=u;}
var $probe=function(){};
`;

const TIMERS = `
var $T=[],$id=1;
function $put(x){
 var j=$T.length;
 $T.push(x);
 while(j>0&&($T[j-1].t>x.t||($T[j-1].t===x.t&&$T[j-1].id>x.id))){$T[j]=$T[j-1];j--;}
 $T[j]=x;
 return x.id;
}
function $add(fn,ms,every){
 if(!(ms>=1))ms=1;
 if(typeof fn=="string")fn=new Function(fn);
 return $put({t:$now+ms,id:$id++,i:every?ms:0,f:fn});
}
function setTimeout(fn,ms){return $add(fn,ms,false);}
function setInterval(fn,ms){return $add(fn,ms,true);}
function $clear(id){
 if(id===undefined)throw new Error("clear a timer: the id is undefined");
 for(var j=0;j<$T.length;j++)if($T[j].id===id){$T[j].id=-1;$T.splice(j,1);return;}
}
function clearTimeout(id){if(arguments.length)$clear(id);else $T=[];}
function clearInterval(id){if(arguments.length)$clear(id);else $T=[];}
function changeInterval(id,ms){
 for(var j=0;j<$T.length;j++)if($T[j].id===id){var x=$T[j];x.i=ms;x.t=$now+ms;$T.splice(j,1);$put(x);return;}
}
function getTime(){return ($now-$boot)/1000;}
function $view(){
 var v=$look();
 if(v&&v.tick!==$tick){
  $tick=v.tick;
  if($stop)$until=-1;
  $F.set([${f.EV_VIEW},$now,VIEW],$n);
  $n+=${f.RECORD * f.VIEW_RECORDS};
  if($n>2900)$ask(${f.ASK_MORE},0,0,0);
 }
}
function $call(fn,arg){
 try{fn(arg);}catch(e){$threw(e);}
 $view();
}
function $threw(e){
 $busy=0;
 $say(${f.EV_UNCAUGHT},0,""+e+(e&&e.stack?" "+e.stack:""));
 $view();
 throw e;
}
function $fire(x){
 if(x.i){
  x.t+=x.i;
  if($T.length>1){$T.splice($T.indexOf(x),1);$put(x);}
 }else $T.splice($T.indexOf(x),1);
 $busy=x;
 $call(x.f);
 $busy=0;
}
function $late(){
 var due=$T.filter(function(x){return x.t<=$now;});
 due.sort(function(a,b){return a.id-b.id;});
 for(var j=0;j<due.length;j++)if(due[j].id>=0)$fire(due[j]);
}
function $run(){
 var x=$T[0];
 while(x&&x.t<=$until){
  if(x.t<$now)$late();
  else{$now=x.t;$fire(x);}
  x=$T[0];
 }
 if($now<$until)$now=$until;
 $until=-1;
}
`;

const PINS = `
function $pin(p){return typeof p=="number"?p+0:p.n;}
function digitalWrite(p,v){
 if(typeof p=="object"&&p.length>=0)for(var j=0;j<p.length;j++)$e(${f.EV_WRITE},$pin(p[j]),(v>>(p.length-1-j))&1,0,0);
 else $e(${f.EV_WRITE},$pin(p),v?1:0,0,0);
}
function digitalRead(p){
 $probe();
 if(typeof p!="object"||p.length===undefined)return $ask(${f.ASK_READ},$pin(p),0,0);
 for(var j=0,v=0;j<p.length;j++)v=v*2+$ask(${f.ASK_READ},$pin(p[j]),0,0);
 return v;
}
function analogRead(p){$probe();return $ask(${f.ASK_ANALOG},$pin(p),0,0);}
function analogWrite(p,v,o){$probe();$e(${f.EV_PWM},$pin(p),v,o&&o.freq?o.freq:1000,0);}
function pinMode(p,m){$e(${f.EV_MODE},$pin(p),$modes.indexOf(m===undefined?"auto":m),0,0);}
var $modes=${JSON.stringify(f.PIN_MODES)};
Pin.prototype.write=function(v){digitalWrite(this,v);};
Pin.prototype.set=function(){digitalWrite(this,1);};
Pin.prototype.reset=function(){digitalWrite(this,0);};
Pin.prototype.read=function(){return digitalRead(this)?true:false;};
Pin.prototype.analog=function(){return analogRead(this);};
Pin.prototype.mode=function(m){pinMode(this,m);};
function $Pin(n){this.n=n;}
["write","set","reset","read","analog","mode"].forEach(function(m){$Pin.prototype[m]=Pin.prototype[m];});
PINDEFS
var $W=[];
function setWatch(fn,p,o){
 var id=$W.length+1,edge=o&&o.edge;
 $W.push({id:id,f:fn,p:p,once:!(o&&o.repeat),last:0,on:true});
 $e(${f.EV_WATCH},id,$pin(p),edge=="rising"?1:edge=="falling"?-1:0,o&&o.debounce!==undefined?o.debounce:($pin(p)===0?25:0));
 return id;
}
function clearWatch(id){
 for(var j=0;j<$W.length;j++)if(id===undefined||$W[j].id===id){$W[j].on=false;$e(${f.EV_UNWATCH},$W[j].id,0,0,0);}
}
function $edge(id,state){
 var w=$W[id-1],ev;
 if(!w||!w.on)return;
 if(w.once)w.on=false;
 ev={state:state?true:false,time:getTime(),lastTime:w.last,pin:w.p};
 w.last=ev.time;
 $call(w.f,ev);
}
`;

const LOOP = `
function $look(){return VIEWEXPR;}
function $eval($length){
 var $expression=$in.read($length),$result;
 try{$result=JSON.stringify(eval($expression));}catch($error){$result="!"+$error;}
 $say(${f.EV_TEXT},0,""+$result);
}
function $do(k,a,b){
 if(k===${f.DO_RUN}){$until=a;$stop=b;$run();}
 else if(k===${f.DO_EDGE})$edge(a,b);
 else if(k===${f.DO_STALL})$now=a;
 else if(k===${f.DO_LINK})$link(a,$text.substr(24,b));
 else if(k===${f.DO_EVAL})$eval(a);
 else{quit();throw "asked to stop";}
}
function $loop(){
 $native.st($loop,0);
 if($busy){
  var x=$busy;
  $busy=0;
  $e(${f.EV_LOST},x.id,x.i,0,0);
  if(x.i&&$T.indexOf(x)>=0)$T.splice($T.indexOf(x),1);
 }
 if($until>=0)return $run();
 for(var j=0;j<64&&$until<0;j++){
  $ask(${f.ASK_NEXT},0,0,0);
  $do($G[0],$G[1],$G[2]);
 }
}
$native.st($loop,0);
var $boot=$ask(${f.ASK_START},0,0,0);
$now=$boot;
var $base=$native.memory().usage;
`;

/** Pins that the Linux build does not know. */
function pinDefinitions(): string {
  const named: string[] = [];
  for (let i = 33; i <= 47; i++) named.push(`D${i}=new $Pin(${i})`);
  const h = [17, 15, 13, 14, 22, 32, 25, 34].map((pin, i) => `H${i}=D${pin}`);
  return `var ${named.join(',')},${h.join(',')},BTN1=D0,LED1=D6,LED2=D8,LED3=D41;`;
}

/** The prelude as it goes into `.boot0`, or in RAM mode into a file that `.boot0` copies first. */
export function preludeText(options: PreludeOptions): string {
  const view = `${VIEW_FIELDS.map((name) => `v.${name}`).join(',')}`;
  const memory = options.version === '2v29' ? OLD_MEMORY : '';
  return [TRANSPORT, TIMERS.replace('VIEW],', `${view}],`), PINS, BUSES, CHIP, memory, LOOP]
    .join('')
    .replace('PINDEFS', pinDefinitions())
    .replace('VIEWEXPR', options.view)
    .replace('COPY', options.ram ? 's===undefined?s:""+s' : 's')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
