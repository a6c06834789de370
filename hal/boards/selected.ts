/** The board that this image is for. The build replaces this file by its choice; as it stands: the reference build. */
export { holdOff, JOLT as BOARD, makeSafe, serviceButtonDown } from './jolt.ts';
