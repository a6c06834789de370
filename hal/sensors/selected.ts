/** The sensor that this image is for. The build replaces this file by its choice; as it stands: the reference build. Names one sensor only. */
export { openSensor } from './mprls.ts';
