/** The screen "My cuff": connect, watch, read, and in service mode flash, set and commission. Nothing here starts or raises anything. */
import './cuff.css';
import type { WantedBoard } from '../../../../tools/board/open-board.ts';
import type { DrivePins } from '../../../../tools/build/drive-pins.ts';
import type { Connection } from '../../link/connection.ts';
import { cuff } from '../../link/page-cuff.ts';
import { CommissionCard } from './commission-card.tsx';
import { ConnectCard } from './connect-card.tsx';
import { DateCard } from './date-card.tsx';
import { FirmwareCard } from './firmware-card.tsx';
import { LiveChart } from './live-chart.tsx';
import { LogCard } from './log-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { StatusCard } from './status-card.tsx';
import { sentence, TroubleCard } from './trouble-card.tsx';

/** What Espruino calls each board, and its outputs (tools/studio/page-config.ts). */
declare const STUDIO_BOARDS: Readonly<Record<string, string>>;
declare const STUDIO_PINS: Readonly<Record<string, DrivePins>>;
const REFERENCE_BOARD = 'jolt';

/** The board that is worked on: the connected one, the reference board where it has not said. */
let lastBoard = REFERENCE_BOARD;

function boardOf(now: Connection): WantedBoard {
  if (now.at === 'ready' && STUDIO_BOARDS[now.hello.board] !== undefined) lastBoard = now.hello.board;
  return { name: lastBoard, espruino: STUDIO_BOARDS[lastBoard] ?? '' };
}

function consoleWords(mode: string): string {
  if (mode === 'service')
    return 'The board is in service mode: its outputs sleep. Unplug it and plug it in again without holding a button, and it runs.';
  if (mode === 'image')
    return 'A --dev image runs with its console open: for the bench, never for wearing. STOP of this page does not reach it.';
  return 'This board has no firmware of this project yet. Write it below.';
}

function Head({ now }: { readonly now: Connection }) {
  if (now.at === 'lost')
    return (
      <section class="trouble" role="alert">
        <h2>The connection is lost</h2>
        <p>
          The cuff runs on by itself, and its own button stops it. Plug the cable in, or come nearer: this
          page goes on by itself.
        </p>
        <p class="faint">{sentence(now.why)}</p>
      </section>
    );
  if (now.at === 'console')
    return (
      <section class="card">
        <h2>A board, connected</h2>
        <p>{consoleWords(now.mode)}</p>
      </section>
    );
  return null;
}

function Connected({ now }: { readonly now: Connection }) {
  const board = boardOf(now);
  const hello = now.at === 'ready' ? now.hello : undefined;
  const all = now.at !== 'ready' || now.rights === 'all';
  const pins = STUDIO_PINS[board.name];
  const work = now.at === 'working' ? now.work : undefined;
  const shown = (name: typeof work): boolean => work === undefined || work === name;
  return (
    <>
      <Head now={now} />
      {'trouble' in now && now.trouble !== undefined ? (
        <TroubleCard trouble={now.trouble} dismiss={() => cuff.dismiss()} />
      ) : null}
      {hello === undefined ? null : <StatusCard hello={hello} />}
      {hello === undefined && now.at !== 'lost' ? null : <LiveChart />}
      {hello === undefined ? null : <LogCard hello={hello} />}
      {hello === undefined || !all ? null : <DateCard />}
      {shown('flash') ? (
        <FirmwareCard hello={hello} first={now.at === 'console' || work === 'flash'} />
      ) : null}
      {all && now.at !== 'lost' && shown('settings') ? <SettingsCard board={board} /> : null}
      {all && now.at !== 'lost' && pins !== undefined && shown('commission') ? (
        <CommissionCard board={board} pins={pins} />
      ) : null}
    </>
  );
}

export function Screen() {
  const now = cuff.connection.value;
  return (
    <section class="page cuff">
      <div class="cuff-head">
        <h1>My cuff</h1>
        {now.at === 'off' ? null : (
          <button type="button" onClick={() => void cuff.disconnect()}>
            Disconnect
          </button>
        )}
      </div>
      {now.at === 'off' || now.at === 'opening' ? <ConnectCard /> : <Connected now={now} />}
    </section>
  );
}
