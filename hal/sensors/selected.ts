/**
 * The sensor that this image is for. The build replaces this file by its choice; as it stands: the reference build.
 * Must never name more than one sensor.
 */
export { openSensor } from './mprls.ts';
