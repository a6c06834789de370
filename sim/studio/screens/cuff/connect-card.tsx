/** Connecting, and why it cannot be done here where it cannot. */
import { cuff, support } from '../../link/page-cuff.ts';
import type { Trouble } from '../../link/troubles.ts';
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

/** What went wrong last; also while the page looks for the board that has gone. */
function LastTrouble() {
  const now = cuff.connection.value;
  if ((now.at !== 'off' && now.at !== 'opening') || now.trouble === undefined) return null;
  const { kind } = now.trouble;
  return (
    <TroubleCard trouble={now.trouble} {...(now.at === 'off' ? { dismiss: () => cuff.dismiss() } : {})}>
      {kind === 'other-tab' ? (
        <button type="button" onClick={() => void cuff.connect('usb', { steal: true })}>
          Take it over to this tab
        </button>
      ) : null}
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
