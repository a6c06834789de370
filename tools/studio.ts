/** `npm run studio`: serves the studio from its sources, for this machine alone. */
import { Command } from 'commander';
import { createServer } from 'vite';
import { servedConfig } from './studio/page-config.ts';

const command = new Command('npm run studio --')
  .description('Serve the studio, the page that runs the firmware in the browser, for this machine alone.')
  .option('--port <n>', 'port to listen on', '5173')
  .parse();

const port = Number(command.opts<{ port: string }>().port);
if (!(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
  command.error('error: --port must be a whole number 1..65535', { exitCode: 2 });
}
const server = await createServer(servedConfig(port));
await server.listen();
console.log(`studio: ${server.resolvedUrls?.local[0] ?? ''} (Ctrl+C ends it)`);
