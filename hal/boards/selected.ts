/**
 * The board that this image is for. The build replaces this file by its choice; as it stands: the reference build.
 * Must never name more than one board.
 */
export { board, consoleStream, holdOff, makeSafe, serviceButtonDown, showService } from './jolt.ts';
