/** The board that this image is for. The build replaces this file by its choice; as it stands: the reference build. Names one board only. */
export { board, consoleStream, holdOff, makeSafe, serviceButtonDown, showService } from './jolt.ts';
