/** Settings that the screen "Tune" has sent to "My cuff": name and value of each change. They are only shown there; nothing is written by it. */
import { signal } from '@preact/signals';

export const proposedSettings = signal<Readonly<Record<string, number>> | null>(null);
