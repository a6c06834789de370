/**
 * What defines a run on the screen "Try", and its form in the address: `scenario=run&seed=7&set=maxMmHg=150&fault=hose-off@62&press=1@75000:200`.
 * The words are those of the command line where it has them. The same words give the same run, to the last bit.
 */
import type { LimbEvent, LimbEventKind } from '../../plant/limb-params.ts';
import { BUILT_IN } from '../../setup/built-in.ts';
import { type RunSpec, resolve } from '../../setup/resolve.ts';

/** A button's way down and up: 0 BTN1, 1 training button, 2 STOP; times since power-up, ms. */
export interface TryPress {
  readonly button: number;
  readonly atMs: number;
  readonly forMs: number;
}

/** Something that happens to the limb once. */
export interface TryEvent {
  readonly kind: LimbEventKind;
  readonly atMs: number;
}

export interface TrySpec {
  readonly scenario: string;
  /** '' = the scenario's own. */
  readonly plant: string;
  readonly protocol: string;
  readonly motion: string;
  readonly seed: number;
  /** `name=value`, as for --set. */
  readonly set: readonly string[];
  /** `kind@start`, as for --fault. */
  readonly fault: readonly string[];
  readonly press: readonly TryPress[];
  readonly event: readonly TryEvent[];
}

/** What a link says of the run that it was taken from: so many rows, with this sum. */
export interface Proof {
  readonly rows: number;
  readonly sum: string;
}

export const FIRST_SPEC: TrySpec = {
  scenario: 'run',
  plant: '',
  protocol: '',
  motion: '',
  seed: 1,
  set: [],
  fault: [],
  press: [],
  event: [],
};

export const LIMB_EVENTS: readonly LimbEventKind[] = [
  'cough',
  'bump',
  'posture',
  'stand-up',
  'sit-down',
  'strap-tighten',
  'strap-slip',
];

/** More than anybody does in a session; a longer list is no link of ours. */
const MOST = 200;
const MOST_MS = 86_400_000;

export function toWords(spec: TrySpec, proof: Proof | null): string {
  const words = new URLSearchParams();
  words.set('scenario', spec.scenario);
  for (const name of ['plant', 'protocol', 'motion'] as const)
    if (spec[name] !== '') words.set(name, spec[name]);
  words.set('seed', String(spec.seed));
  for (const pair of spec.set) words.append('set', pair);
  for (const fault of spec.fault) words.append('fault', fault);
  for (const { button, atMs, forMs } of spec.press) words.append('press', `${button}@${atMs}:${forMs}`);
  for (const { kind, atMs } of spec.event) words.append('event', `${kind}@${atMs}`);
  if (proof !== null) words.set('proof', `${proof.rows}:${proof.sum}`);
  // characters that an address may hold as they are: the link stays readable
  return words.toString().replace(/%3D/g, '=').replace(/%40/g, '@').replace(/%3A/g, ':').replace(/%7E/g, '~');
}

function whole(text: string | undefined, most: number): number {
  const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new Error(`"${text}" is no whole number 0..${most}`);
  return value;
}

function pressOf(text: string): TryPress {
  const [, button, at, length] = /^([0-2])@(\d+):(\d+)$/.exec(text) ?? [];
  return { button: whole(button, 2), atMs: whole(at, MOST_MS), forMs: whole(length, MOST_MS) };
}

function eventOf(text: string): TryEvent {
  const [, name, at] = /^([a-z-]+)@(\d+)$/.exec(text) ?? [];
  const kind = LIMB_EVENTS.find((one) => one === name);
  if (kind === undefined) throw new Error(`"${text}" is nothing that happens to a limb`);
  return { kind, atMs: whole(at, MOST_MS) };
}

function proofOf(text: string | null): Proof | null {
  const match = /^(\d{1,7}):([0-9a-f]{8})$/.exec(text ?? '');
  return match === null ? null : { rows: Number(match[1]), sum: match[2] ?? '' };
}

/** Reads an address; throws with the reason for one that is no run. */
export function fromWords(text: string): { spec: TrySpec; proof: Proof | null } {
  const words = new URLSearchParams(text);
  const all = (name: string): string[] => words.getAll(name).slice(0, MOST);
  const spec: TrySpec = {
    scenario: words.get('scenario') ?? FIRST_SPEC.scenario,
    plant: words.get('plant') ?? '',
    protocol: words.get('protocol') ?? '',
    motion: words.get('motion') ?? '',
    seed: whole(words.get('seed') ?? '1', 999_999_999),
    set: all('set'),
    fault: all('fault'),
    press: all('press').map(pressOf),
    event: all('event').map(eventOf),
  };
  specOf(spec);
  return { spec, proof: proofOf(words.get('proof')) };
}

/** Everything that the run needs. Throws BadOption. */
export function specOf(spec: TrySpec): RunSpec {
  const { scenario, plant, protocol, motion, seed } = spec;
  const resolved = resolve(
    {
      scenario,
      ...(plant === '' ? {} : { plant }),
      ...(protocol === '' ? {} : { protocol }),
      ...(motion === '' ? {} : { motion }),
      set: [...spec.set],
      fault: [...spec.fault],
      seed,
      level: 'core',
    },
    BUILT_IN,
  );
  const events: readonly LimbEvent[] = [...(resolved.rig.limb.events ?? []), ...spec.event];
  return {
    ...resolved,
    rig: { ...resolved.rig, limb: { ...resolved.rig.limb, events } },
    plan: { ...resolved.plan, presses: [...(resolved.plan.presses ?? []), ...spec.press] },
  };
}

/** The same run up to a moment, with nothing done to it afterwards. */
export function upTo(spec: TrySpec, atMs: number): TrySpec {
  return {
    ...spec,
    fault: spec.fault.filter((text) => Number(/@([\d.]+)/.exec(text)?.[1]) * 1000 < atMs),
    press: spec.press.filter((press) => press.atMs < atMs),
    event: spec.event.filter((event) => event.atMs < atMs),
  };
}
