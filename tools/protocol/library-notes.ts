/** What each built-in protocol rests on. The steps themselves are in src/session/library.ts. */
export interface Note {
  readonly title: string;
  readonly for: string;
  /** Where the schedule comes from, and what of it is our choice. */
  readonly source: string;
}

export const NOTES: Readonly<Record<string, Note>> = {
  intro: {
    title: 'Introduction, weeks 1-2',
    for: 'first sessions: easy on a treadmill or bike, beside somebody',
    source:
      'Intervals after Chen 2022 (10.1038/s41598-022-14253-3), shortened; 40 % is the lower end of Patterson 2019 (10.3389/fphys.2019.00533). The combination is ours.',
  },
  'run-5x3': {
    title: 'Running 5 × 3 min, cuff released in the rests',
    for: 'the default once the introduction is done: easy running at about 50 % of heart rate reserve',
    source:
      'Chen 2022: 5 × 3 min at 50 % HRR, 1 min rest, 3 a week, 8 weeks, at 1.3 × SBP. The pressure here is the lower half of Patterson 2019 instead; whether Chen kept the cuff on in the rests was not seen.',
  },
  'run-6x3': {
    title: 'Running 2 × (3 × 3 min), cuff released in the rests and for 4 min between',
    for: 'longer before harder',
    source:
      'As run-5x3, one interval more: longer restriction comes first in Fit Cuffs’ order of progression. The full release in the middle is ours: six in a row with a slow pump would run into the limit of 20 min.',
  },
  'fast-3x5': {
    title: 'Faster: 3 sets of 5 × (30 s fast, 30 s easy)',
    for: 'adapted runners; cuff on within a set, released for 150 s between sets',
    source:
      'Paton 2017: 30 s at 80 % of peak velocity / 30 s, 2 × 5 to 3 × 8, cuff off for the 150 s between sets, VO2max +6.3 against 4.0 %.',
  },
  'easy-10': {
    title: 'Easy walk, 10 min without a break',
    for: 'walking or very easy running',
    source: 'Patterson 2019: 5-20 min of aerobic work a bout, 40-80 % AOP.',
  },
  'easy-15': {
    title: 'Easy run, 15 min without a break',
    for: 'after the introduction',
    source: 'Patterson 2019, as easy-10.',
  },
  'walk-5x2': {
    title: 'Walking 5 × 2 min, cuff released in the rests',
    for: 'walking at about 0.9 m/s or your own pace',
    source:
      '10.3389/fphys.2020.00568: walk 5 × 2 min, 1 min rest, deflated in the rest; there 160 (wide) or 300 (narrow) mmHg, here 50 % of your LOP.',
  },
  'cycle-5x2': {
    title: 'Cycling 5 × 2 min at 60 % LOP, cuff released in the rests',
    for: 'a bike at about a third of peak power',
    source:
      'Brown 2026 (10.3389/fspor.2025.1737095): 5 × 2 min at 35 % of peak, 60 % AOP; intermittent much like continuous.',
  },
  'sprint-recovery': {
    title: 'Sprints, cuff only in the recovery: 6 × (30 s, 2 min on, 2.5 min off)',
    for: 'adapted runners: the cuff is off in every sprint',
    source:
      'Taylor 2016 (30 s sprints, cuff on after each, VO2max +4.5 %); times after Pugh (first 2 of 4.5 min), there 200 mmHg, here 60 % of your LOP.',
  },
  'lift-30-15': {
    title: 'Resistance 30-15-15-15, 30 s rests with the cuff on',
    for: '20-40 % of the one-repetition maximum, 2 s a repetition',
    source: 'Patterson 2019: 30-15-15-15, 30-60 s rests, 40-80 % AOP, 5-10 min an exercise.',
  },
  'cycle-20-5': {
    title: 'Cycle of 8 × (20 s on, 5 s off), three sets rising 30, 40, 50 %',
    for: 'sitting or warming up; after the cycle mode of KAATSU, without its units',
    source:
      'kaatsublog 2016: 8 × (20 s on, 5 s off), pressure rising by step. The shares of LOP and the minute between sets are ours. Each release waits until the cuff is empty.',
  },
  'passive-4x5': {
    title: 'Passive, 4 × 5 min on, 4 min off, at 70 %',
    for: 'lying or sitting, when one cannot train',
    source:
      'Patterson 2019 and VALD: 5 min on, 3-5 min off, 3-5 times; 70-100 % AOP there, 70 % here because full occlusion is to be avoided.',
  },
  'run-5x3-on': {
    title: 'Running 5 × 3 min, cuff on in the rests',
    for: 'chosen by hand only: 19 of the allowed 20 minutes in one go',
    source:
      'Chen 2022, with the cuff kept on: more metabolic stress (Sugaya, PMC3474903), less comfort (Fitschen 2014).',
  },
  'arm-30-15': {
    title: 'Arm: 30-15-15-15, 30 s rests with the cuff on, at 40 %',
    for: 'curls or presses with light weights; what the progression gives to an arm',
    source: 'Patterson 2019 for the schedule; Owens: arms 40-50 % LOP.',
  },
};
