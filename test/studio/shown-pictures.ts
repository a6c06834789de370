/** The screenshots that README and docs show: name in docs/img, and the look of a browser test that it is (looks.ts). */
export const SHOWN: Readonly<Record<string, string>> = {
  'studio-try': 'try-ghost-light-1280',
  'studio-try-dark': 'try-ghost-dark-1280',
  'studio-phone': 'cuff-pressure-dark-360',
  'studio-tune': 'tune-cloud-light-1280',
  'studio-logs': 'logs-store-light-1280',
  'studio-cuff': 'cuff-pressure-light-1280',
};
