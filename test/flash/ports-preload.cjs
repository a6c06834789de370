// Preloaded into the CLI: what the system lists as serial ports is what the test says.
const Module = require('node:module');

const load = Module._load;
Module._load = function (request, ...rest) {
  const found = load.call(this, request, ...rest);
  if (request === 'serialport' && found.SerialPort)
    found.SerialPort.list = async () => JSON.parse(process.env.CUFFLOOP_TEST_PORTS);
  return found;
};
