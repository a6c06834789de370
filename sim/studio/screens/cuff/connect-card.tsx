/** Connecting, and why it cannot be done here where it cannot. */
import type { Kind } from '../../link/connection.ts';
import { cuff, support } from '../../link/page-cuff.ts';
import { ELSEWHERE, type Trouble } from '../../link/troubles.ts';
import { TroubleCard } from './trouble-card.tsx';

function WhyNot({ name, trouble }: { readonly name: string; readonly trouble: Trouble | undefined }) {
  if (trouble === undefined) return null;
  return (
    <details class="why-not">
      <summary>
        {name}: {trouble.title}
      </summary>
      <ol>
        {trouble.next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  );
}

const BY: Readonly<Record<Kind, string>> = { usb: 'by USB', ble: 'by Bluetooth' };

/** The cuff is taken over by the way in which the other tab has it; by either where that tab does not say. */
function TakeOver() {
  const kind = cuff.elsewhere.kind.value;
  const take = (by: Kind, name: string) => (
    <button key={by} type="button" onClick={() => void cuff.connect(by, { steal: true })}>
      {name}
    </button>
  );
  if (kind !== undefined) return take(kind, 'Take it over to this tab');
  return <>{(['usb', 'ble'] as const).map((by) => take(by, `Take it over ${BY[by]}`))}</>;
}

/** What went wrong last; also while the page looks for the board that has gone. */
function LastTrouble() {
  const now = cuff.connection.value;
  if ((now.at !== 'off' && now.at !== 'opening') || now.trouble === undefined) return null;
  return (
    <TroubleCard trouble={now.trouble} {...(now.at === 'off' ? { dismiss: () => cuff.dismiss() } : {})}>
      {now.at === 'off' && ELSEWHERE.includes(now.trouble.kind) ? <TakeOver /> : null}
    </TroubleCard>
  );
}

export function ConnectCard() {
  const opening = cuff.connection.value.at === 'opening';
  return (
    <>
      <LastTrouble />
      <section class="card">
        <h2>Connect your cuff</h2>
        <p>
          Plug the board in with a USB cable that carries data. Close the Espruino Web IDE. Choose “Jolt.js”
          in the list.
        </p>
        <div class="row">
          <button
            type="button"
            class="main-button"
            disabled={opening || support.usb !== undefined}
            onClick={() => void cuff.connect('usb')}
          >
            {opening ? 'Connecting…' : 'Connect by USB'}
          </button>
          <button
            type="button"
            disabled={opening || support.bluetooth !== undefined}
            onClick={() => void cuff.connect('ble')}
          >
            By Bluetooth
          </button>
          <button
            type="button"
            disabled={opening || support.usb !== undefined}
            onClick={() => void cuff.connect('usb', { all: true })}
          >
            Show all ports
          </button>
        </div>
        <WhyNot name="USB" trouble={support.usb} />
        <WhyNot name="Bluetooth" trouble={support.bluetooth} />
        <p class="promise">
          This page cannot start your cuff or raise its pressure. Only its own button can. It can stop it.
        </p>
      </section>
    </>
  );
}
