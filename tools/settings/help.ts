/** What each setting is for, for whoever sets it: the table itself is src/settings.ts. The board says none of it and does not carry it. */
import type { SettingName } from '../../src/settings.ts';

export const SETTING_HELP: Readonly<Record<SettingName, string>> = {
  limb: 'Limb the cuff is worn on: 1 = leg, 0 = arm. Sets the time limit: leg 20 min, arm 15.',
  lopMmHg: 'Limb occlusion pressure; 0 = not known, no session starts.',
  lopSource:
    'How it was obtained: 0 unknown, 1 measured by this cuff, 2 estimated by formula, 3 entered, 4 put there by the commissioning: nobody has it, no session starts with it.',
  lopPosture:
    'Posture it was obtained in: 0 lying, 1 seated, 2 standing. Standing is the default because every correction then goes down.',
  lopCareful: 'Measure it 0 = once, 1 = twice, and only believe two runs that agree.',
  screening:
    'Version of the screening questions (docs/screening.md) that the wearer has been shown; 0 = none, the device asks before the first use.',
  cuffWidthMm: 'Width of the cuff.',
  maxMmHg:
    'Highest setpoint that you allow. Below 200 a measurement keeps to it too; from 200 on it goes to 280.',
  maxLopPermille: 'Highest setpoint as a share of the occlusion pressure.',
  maxPressureS: 'Longest time under pressure without a full release of 3 min (arm: 900 at most).',
  protocol:
    'Session that the button starts: 0 = by the progression, else its number in docs/protocols.md; 25..28 are your own. The introduction comes first.',
  minStartMv: 'Motor supply below which no session starts.',
  minRailMv: 'Motor supply below which a session ends vented.',
  fillMmHgPerS: 'Comfortable fill: rise per second at most; 0 = as fast as the pump can.',
  savePercent:
    'Energy mode: 0 holds the band as well as possible; more lets the pressure wander further before pump or valve act.',
  pair: 'Two cuffs of one wearer: a number that both share, so that the STOP of one reaches the other by radio, best effort; 0 = off.',
  stop: 'STOP button: 1 = fitted, with a normally closed contact to ground, so that a broken wire is a stop; it has to be tried once after each power-up. 0 = none, or a normally open one.',
};
