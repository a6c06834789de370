/**
 * For a real interpreter on a PC: its harness lives in start-up programs of its own, beside which the loader would run no image. This
 * text, put before them, leaves them out of the list of files; everything else in Storage is as it is.
 */
export const HIDE_BOOT = `
var $Storage=require("Storage");
Modules.addCached("Storage",function(){
 exports.read=function(n,o,l){return $Storage.read(n,o,l);};
 exports.readJSON=function(n,q){return $Storage.readJSON(n,q);};
 exports.write=function(n,d,o,l){return o===undefined?$Storage.write(n,d):l===undefined?$Storage.write(n,d,o):$Storage.write(n,d,o,l);};
 exports.erase=function(n){$Storage.erase(n);};
 exports.eraseAll=function(){$Storage.eraseAll();};
 exports.compact=function(){$Storage.compact();};
 exports.getFree=function(){return $Storage.getFree();};
 exports.list=function(r){return (r===undefined?$Storage.list():$Storage.list(r)).filter(function(n){return n!=".boot0"&&n!=".boot1";});};
});
`;
