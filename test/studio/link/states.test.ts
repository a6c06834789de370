/** The states of the connection, every event in every one of them; the words of every trouble; what each browser can do; and the images. */
import { describe, expect, it } from 'vitest';
import {
  ageWords,
  type Connection,
  cuffName,
  type Happening,
  next,
  rightsFor,
} from '../../../sim/studio/link/connection.ts';
import { choicesOf, firmwareFor, openRelease, type ReadFile } from '../../../sim/studio/link/release.ts';
import { supportOf } from '../../../sim/studio/link/support.ts';
import { PageFailure, trouble, troubleOf } from '../../../sim/studio/link/troubles.ts';
import { draftOf } from '../../../sim/studio/screens/cuff/settings-form.ts';
import { badgesOf } from '../../../sim/studio/shell/cuff-state.ts';
import { LINK_VERSION } from '../../../src/link/answers.ts';
import { defaultSettings, SETTINGS_VERSION } from '../../../src/settings.ts';
import { portBusy } from '../../../tools/board/failure.ts';
import type { Hello } from '../../../tools/board/frames.ts';
import { bytesOf } from '../../../tools/latin1.ts';
import { imagesFor } from '../../../tools/release/page-files.ts';
import { releaseFiles } from '../../flash/run-flash.ts';
import { smallFirmware } from '../../flash/small-firmware.ts';

const HELLO: Hello = {
  link: LINK_VERSION,
  periodMs: 50,
  settingsVersion: SETTINGS_VERSION,
  railMv: 3500,
  poweredS: 10,
  board: 'jolt',
  sensor: 'mprls',
  serial: '1',
  version: '1.0.0',
};
const BUSY = trouble('port-busy');
const OTHER = trouble('no-answer');

const STATES: Readonly<Record<Connection['at'], Connection>> = {
  off: { at: 'off' },
  opening: { at: 'opening', kind: 'usb' },
  ready: { at: 'ready', kind: 'usb', hello: HELLO, rights: 'all' },
  console: { at: 'console', kind: 'usb', mode: 'service' },
  working: { at: 'working', kind: 'usb', work: 'flash' },
  lost: { at: 'lost', kind: 'usb', why: 'unplugged' },
};
const EVENTS: Readonly<Record<Happening['is'], Happening>> = {
  connect: { is: 'connect', kind: 'usb' },
  ended: { is: 'ended', trouble: BUSY },
  answered: { is: 'answered', hello: HELLO },
  console: { is: 'console', mode: '' },
  work: { is: 'work', work: 'settings' },
  worked: { is: 'worked' },
  lost: { is: 'lost', why: 'gone' },
  disconnected: { is: 'disconnected' },
  left: { is: 'left', trouble: BUSY },
};
/** Rows: states; columns in the order of EVENTS; '.' = nothing changes. */
const TABLE: Readonly<Record<Connection['at'], string>> = {
  off: 'opening off . . . . . off off',
  opening: 'opening off ready console . . . off opening',
  ready: 'opening off . . working . lost off ready',
  console: 'opening off . . working . lost off console',
  working: '. off . . . opening . off .',
  lost: 'opening off ready console . . . off .',
};

describe('the connection', () => {
  it.each(Object.keys(TABLE) as Connection['at'][])('from %s goes where the table says', (at) => {
    const reached = Object.values(EVENTS).map((event) => {
      const before = STATES[at];
      const after = next(before, event);
      return after === before ? '.' : after.at;
    });
    expect(reached.join(' ')).toBe(TABLE[at]);
  });

  it('keeps a trouble of a work until the board has answered and it was read', () => {
    const after = next(STATES.working, { is: 'worked', trouble: OTHER });
    expect(next(after, EVENTS.answered)).toMatchObject({ at: 'ready', trouble: OTHER });
    expect(next(after, EVENTS.console)).toMatchObject({ at: 'console', trouble: OTHER });
    expect(next(after, EVENTS.ended)).toMatchObject({ at: 'off', trouble: OTHER });
  });

  it('adds what a broken work has left on the cuff to what is to be read, and keeps who has the cuff', () => {
    const left = { ...trouble('not-finished'), cuff: 'of the run' };
    expect(next(STATES.off, { is: 'left', trouble: left })).toMatchObject({ trouble: left });
    const taken = { at: 'off', trouble: trouble('taken-over') } as const;
    const after = next(taken, { is: 'left', trouble: left });
    expect(after).toMatchObject({ at: 'off', trouble: { kind: 'taken-over', cuff: 'of the run' } });
    expect('trouble' in after && after.trouble?.next).toEqual([...taken.trouble.next, ...left.next]);
  });

  it('gives a cuff of another version less', () => {
    expect([rightsFor(HELLO), ageWords(HELLO)]).toEqual(['all', '']);
    for (const [other, word] of [
      [{ ...HELLO, link: LINK_VERSION - 1 }, 'older'],
      [{ ...HELLO, link: LINK_VERSION + 1 }, 'newer'],
      [{ ...HELLO, settingsVersion: 99 }, 'of another version'],
    ] as const) {
      expect([rightsFor(other), ageWords(other).includes(`is ${word} than this page`)]).toEqual([
        'read',
        true,
      ]);
      expect(ageWords(other)).toMatch(/Update the firmware/);
    }
  });
});

describe('a trouble', () => {
  it('has a title and a next step, whatever was thrown', () => {
    for (const error of [portBusy('x'), new PageFailure('other-tab'), new Error('odd'), 'text']) {
      const found = troubleOf(error);
      expect([found.title.length > 5, found.next.length > 0]).toEqual([true, true]);
    }
    expect([troubleOf(portBusy('x')).kind, troubleOf('text').kind]).toEqual(['port-busy', 'unknown']);
  });
});

describe('a browser', () => {
  const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0';
  it.each([
    [
      'Chrome on Windows',
      { secure: true, serial: true, bluetooth: true, agent: 'Windows Chrome/156' },
      '',
      '',
    ],
    [
      'Chromium on Linux',
      { secure: true, serial: true, bluetooth: false, agent: LINUX },
      '',
      'linux-bluetooth',
    ],
    [
      'Firefox on Linux',
      { secure: true, serial: false, bluetooth: false, agent: 'X11; Linux Firefox/150' },
      'no-serial',
      'no-bluetooth',
    ],
    [
      'Safari',
      { secure: true, serial: false, bluetooth: false, agent: 'Macintosh Safari' },
      'no-serial',
      'no-bluetooth',
    ],
    [
      'an address of the house',
      { secure: false, serial: false, bluetooth: false, agent: LINUX },
      'insecure',
      'insecure',
    ],
  ])('%s', (_name, facts, usb, bluetooth) => {
    const support = supportOf(facts);
    expect([support.usb?.kind ?? '', support.bluetooth?.kind ?? '']).toEqual([usb, bluetooth]);
  });
});

describe('the images', () => {
  const FILES = releaseFiles(smallFirmware('two', '9.9.9'));
  const from =
    (files: Readonly<Record<string, string>>): ReadFile =>
    (name) => {
      const text = files[name];
      return Promise.resolve(text === undefined ? undefined : bytesOf(text));
    };
  const JOLT = { board: 'jolt', sensor: 'mprls' };

  it('of a release are found and proven', async () => {
    const release = await openRelease(from(FILES));
    expect(choicesOf(release)).toEqual([JOLT]);
    const { firmware, board } = await firmwareFor(release, JOLT);
    expect([firmware.version, firmware.code, board.espruino]).toEqual(['9.9.9', FILES['image.js'], 'JOLTJS']);
  });

  it.each([
    ['no manifest', { 'manifest.json': undefined }, /no manifest\.json/],
    ['a manifest that is none', { 'manifest.json': '{"name":"x"}' }, /manifest\.json: /],
    ['a changed image', { 'image.js': 'var x=1' }, /not what the manifest says/],
    ['a changed loader', { 'loader.js': 'var x=1' }, /not what the manifest says/],
    ['a missing loader', { 'loader.js': undefined }, /loader\.js is missing/],
  ])('with %s are refused', async (_what, change, message) => {
    const files = Object.fromEntries(
      Object.entries({ ...FILES, ...change }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const work = openRelease(from(files)).then((release) => firmwareFor(release, JOLT));
    await expect(work).rejects.toThrow(message);
    await expect(work).rejects.toBeInstanceOf(PageFailure);
  });

  it('beside the page are those of the release, without what a page cannot flash', async () => {
    const files = new Map(Object.entries(FILES).map(([name, text]) => [name, bytesOf(text)]));
    const { manifest } = await openRelease(from(FILES));
    const storage = {
      ...manifest.files[0],
      file: 'x.storage',
      kind: 'storage',
    } as (typeof manifest.files)[number];
    const whole = { ...manifest, files: [...manifest.files, storage] };
    expect([...imagesFor({ manifest: whole, files }).keys()].sort()).toEqual(Object.keys(FILES).sort());
  });
});

describe('settings as they are typed', () => {
  it('show what would change, or what is wrong, and ask what the tool asks', () => {
    const old = { ...defaultSettings(), lopMmHg: 190, lopSource: 3 };
    expect(draftOf(old, {}).changes).toEqual([]);
    expect(draftOf(old, { maxMmHg: '150', limb: '1' }).changes).toEqual([
      { name: 'maxMmHg', from: 200, to: 150, unit: 'mmHg' },
    ]);
    for (const wrong of ['', '-1', '1e2', '150.0', '999', 'x'])
      expect([wrong, draftOf(old, { maxMmHg: wrong }).next]).toEqual([wrong, undefined]);
    expect(draftOf(old, { lopMmHg: '290' }).questions.join()).toMatch(/is 290 right/);
  });
});

describe('the frame of the page', () => {
  const name = (at: Connection['at'], elsewhere = false): string => cuffName(STATES[at], elsewhere);

  it('names a cuff as long as it is connected, and no longer', () => {
    expect([name('ready'), name('lost'), name('console'), name('off')]).toEqual([
      'jolt 1.0.0',
      'here',
      'here',
      '',
    ]);
    expect(name('off', true)).toBe('in another tab');
  });

  it('calls real what is on the screen of the cuff, and nothing else', () => {
    const said = (screen: string, at: Connection['at']): string[] =>
      badgesOf(screen, name(at)).map(({ text }) => text);
    expect([said('cuff', 'off'), said('try', 'off'), said('logs', 'off')]).toEqual([
      ['No cuff'],
      ['Simulated'],
      ['Recorded'],
    ]);
    expect(said('cuff', 'ready')).toEqual(['Real cuff: jolt 1.0.0']);
    for (const screen of ['try', 'tune', 'learn'])
      expect(said(screen, 'ready')).toEqual(['Simulated', 'Cuff connected']);
  });
});
