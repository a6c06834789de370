/** What everybody reads before anything else: who must not use a cuff, and what this is not. After Nascimento 2022, 10.3389/fphys.2022.808622. */

export const SIMULATED = 'Simulated. Nobody wore a cuff, and this is not a medical device.';

/** Of a log or an outside plant: what is drawn is what a sensor said, and nobody knows the true pressure. */
export const READINGS_ONLY =
  'Readings of a sensor; the true pressure is not known. This is not a medical device.';

export const MUST_NOT_TITLE = 'Who must not use a blood-flow-restriction cuff';

/** Exclusions, one line each, short enough for a terminal. */
export const MUST_NOT: readonly string[] = [
  'anyone who ever had a blood clot or a lung embolism, has a clotting disorder, or takes drugs for one',
  'anyone pregnant or soon after a birth',
  'heart failure, atrial fibrillation, or blood pressure above 160/100 mmHg or not under control',
  'narrowed leg or arm arteries, a vessel graft or dialysis access, varicose veins, lymphoedema',
  'sickle cell disease or trait, cancer under treatment, raised pressure in the head or eye',
  'diabetes with nerve or vessel damage, numb skin, an open wound, a fracture or recent surgery on the limb',
  'fever or acute illness, long bed rest, or anyone under 18',
];

export const ASK_FIRST =
  'This list clears nobody: ask a doctor first. Stop at once on numbness, tingling, dizziness, pain above 7 of 10, or a limb that turns white or blue. Never use a cuff alone.';
