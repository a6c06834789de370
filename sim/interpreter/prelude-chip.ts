/** The part of the prelude that stands for what is on the board besides pins and timers: texts that run in the interpreter. */
import * as f from './frames.ts';

/** I2C, the Qwiic ports, USB, Bluetooth and the radio. */
export const BUSES = `
function I2C(){}
I2C.prototype.setup=function(o){$e(${f.EV_I2C_SETUP},$pin(o.sda),$pin(o.scl),o.bitrate?o.bitrate:100000,0);};
I2C.prototype.writeTo=function(a,d){
 var s=typeof d=="number"?String.fromCharCode(d&255):E.toString(d);
 $probe();
 $F.set([${f.ASK_I2C_WRITE},$now,typeof a=="object"?a.address:a,s.length,0,0],$n);
 $n+=${f.RECORD};
 $B.set(s,$n*8);
 $n+=${f.RECORD};
 $send();
 if($G[0]<0)throw new Error("I2C Write Error 33281");
};
I2C.prototype.readFrom=function(a,n){
 $probe();
 if($ask(${f.ASK_I2C_READ},typeof a=="object"?a.address:a,n,0)<0)throw new Error("I2C Read Error 33281");
 return E.toUint8Array($text.substr(16,n));
};
var I2C1=new I2C();
function $Qwiic(n,sda,scl){this.n=n;this.sda=sda;this.scl=scl;}
$Qwiic.prototype.setPower=function(on){$e(${f.EV_POWER},this.n,on?1:0,0,0);return this;};
$Qwiic.prototype.i2c=function(){I2C1.setup({sda:this.sda,scl:this.scl,bitrate:100000});return I2C1;};
var Jolt={Q0:new $Qwiic(0,D3,D29),Q1:new $Qwiic(1,D2,D31),Q2:new $Qwiic(2,D44,D45),Q3:new $Qwiic(3,D39,D38),
setDriverMode:function(n,m){$e(${f.EV_DRIVER},n,m==="auto"?2:m?1:0,0,0);}};
function $Port(n){this.p=n;this.h=[];}
$Port.prototype.on=function(ev,fn){if(ev=="data")this.h.push(fn);};
$Port.prototype.write=function(s){
 var t="";
 for(var i=0;i<arguments.length;i++)t+=typeof arguments[i]=="string"?arguments[i]:E.toString(arguments[i]);
 $say(${f.EV_LINK},this.p,t);
};
$Port.prototype.print=function(s){this.write(s);};
$Port.prototype.setConsole=function(){$e(${f.EV_CONSOLE},1,0,0,0);};
var USB=new $Port(0),Bluetooth=new $Port(1),$ports=[USB,Bluetooth];
function $link(p,s){
 var h=$ports[p].h;
 for(var j=0;j<h.length;j++)$call(h[j],s);
}
function $radio(s){$say(${f.EV_RADIO},0,s);}
var NRF={on:function(){},setAdvertising:function(d,o){$radio("advertise "+JSON.stringify(o));},setServices:function(s,o){$radio("services "+JSON.stringify(o));},
setScan:function(f,o){$radio(f?"scan "+JSON.stringify(o):"no scan");},updateServices:function(){},setSecurity:function(o){$radio("security "+JSON.stringify(o));},getSecurityStatus:function(){return {connected:false};},
wake:function(){$radio("wake");},sleep:function(){$radio("sleep");},getAddress:function(){return "00:00:00:00:00:00";}};
`;

/** What `process.memory` told up to 2v29: nothing of the buffers. */
export const OLD_MEMORY = `
process.memory=function(gc){var m=$native.memory(gc);delete m.tx;delete m.rx;return m;};
`;

/** Watchdog, console, utility timer and Storage. */
export const CHIP = `
E.enableWatchdog=function(s,a){$e(${f.EV_WATCHDOG},s,a===false?0:1,0,0);};
E.kickWatchdog=function(){$probe();$e(${f.EV_KICK},0,0,0,0);};
E.setConsole=function(d){$e(${f.EV_CONSOLE},d?1:0,0,0,0);};
E.reboot=function(){$ask(${f.EV_REBOOT},0,0,0);};
E.getAnalogVRef=function(){return $ask(${f.ASK_VREF},0,0,0);};
var $slots=new Float64Array(16),$kept=new Uint8Array(16);
function $slotAdd(o){
 var j,pins;
 if(o.type!="SET")throw new Error("timer: only SET is here");
 for(j=0;j<16;j++)if(!$kept[j]||($kept[j]===1&&$slots[j]<=$now)){
  $kept[j]=1;
  $slots[j]=$now+o.time;
  pins=$pin(o.pin)+1;
  if(o.pin2!==undefined)pins+=64*($pin(o.pin2)+1);
  if(o.pin3!==undefined)pins+=4096*($pin(o.pin3)+1);
  if(o.pin4!==undefined)pins+=262144*($pin(o.pin4)+1);
  $e(${f.EV_TIMER_ADD},j,$slots[j],o.value,pins);
  return j;
 }
 return -1;
}
function $slotRemove(id){
 var pending=$kept[id]===1&&$slots[id]>$now;
 $kept[id]=pending?2:0;
 $e(${f.EV_TIMER_REMOVE},id,0,0,0);
 return pending;
}
Modules.addCached("timer",function(){exports.add=$slotAdd;exports.remove=$slotRemove;});
var $S=require("Storage");
Modules.addCached("Storage",function(){
 exports.read=function(n,o,l){var s=$S.read(n,o,l);return COPY;};
 exports.readJSON=function(n,q){return $S.readJSON(n,q);};
 exports.write=function(n,d,o,l){$e(${f.EV_FLASH},0,0,0,0);return l===undefined?$S.write(n,d):$S.write(n,d,o,l);};
 exports.writeJSON=function(n,d){$e(${f.EV_FLASH},0,0,0,0);return $S.writeJSON(n,d);};
 exports.erase=function(n){$e(${f.EV_FLASH},1,0,0,0);$S.erase(n);};
 exports.list=function(r){return (r===undefined?$S.list():$S.list(r)).filter(function(n){return n!=".boot0";});};
 exports.getFree=function(){return $S.getFree();};
 exports.compact=function(){$e(${f.EV_FLASH},2,0,0,0);$S.compact();};
});
`;
