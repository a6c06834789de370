/** The sensor that this image is for. The build replaces this file by its choice; as it stands: the reference build. */
export { openSensor } from './mprls.ts';
