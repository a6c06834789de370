/** What can happen to cuff and limb: now while the session runs, at the cursor when it is over. */
import { useState } from 'preact/hooks';
import type { FaultKind } from '../../../plant/faults.ts';
import { FAULT_SIZES } from '../../../setup/fault-option.ts';
import type { TryEvent } from '../../engine/try-spec.ts';
import { over } from './model.ts';
import { breakNow, happen } from './run-actions.ts';

const FAULTS: readonly (readonly [fault: string, label: string])[] = [
  ['hose-off', 'Pull the hose'],
  ['kink', 'Kink the hose'],
  ['leak:400', 'Small leak'],
  ['valve-stuck-shut', 'Valve sticks shut'],
  ['pump-stuck-on', 'Pump sticks on'],
  ['sensor-frozen', 'Freeze the sensor'],
  ['battery-sag', 'Battery sags'],
];

const EVENTS: readonly (readonly [kind: TryEvent['kind'], label: string])[] = [
  ['cough', 'Cough'],
  ['bump', 'Bump the cuff'],
  ['posture', 'Shift'],
  ['stand-up', 'Stand up'],
  ['sit-down', 'Sit down'],
  ['strap-tighten', 'Strap tighter'],
  ['strap-slip', 'Strap slips'],
];

const KINDS = Object.keys(FAULT_SIZES) as FaultKind[];

function AnyFault() {
  const [kind, setKind] = useState<FaultKind>('sensor-drift');
  const [size, setSize] = useState('');
  const rule = FAULT_SIZES[kind];
  return (
    <form
      class="any-fault"
      onSubmit={(event) => {
        event.preventDefault();
        breakNow(size === '' || rule === null ? kind : `${kind}:${size}`);
      }}
    >
      <label>
        Any fault
        <select
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value as FaultKind);
            setSize('');
          }}
        >
          {KINDS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {rule === null ? null : (
        <label>
          {rule.unit}
          <input
            type="number"
            step="any"
            min={rule.min}
            max={rule.max}
            placeholder={String(rule.usual)}
            value={size}
            onInput={(event) => setSize(event.currentTarget.value)}
          />
        </label>
      )}
      <button type="submit">Break it</button>
    </form>
  );
}

export function BreakIt() {
  const when = over.value === null ? 'now' : 'at the cursor, or a third into the session';
  return (
    <section class="card" aria-labelledby="break-title">
      <h2 id="break-title">
        Break it <span class="faint">{when}</span>
      </h2>
      <fieldset class="chips" aria-label="Faults">
        {FAULTS.map(([fault, label]) => (
          <button key={fault} type="button" class="fault" onClick={() => breakNow(fault)}>
            {label}
          </button>
        ))}
      </fieldset>
      <AnyFault />
      <h3>The limb</h3>
      <fieldset class="chips" aria-label="Things that happen to the limb">
        {EVENTS.map(([kind, label]) => (
          <button key={kind} type="button" onClick={() => happen(kind)}>
            {label}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
