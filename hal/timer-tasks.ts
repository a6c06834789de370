/**
 * The utility timer's tasks, which move pins with no JS running. Two traps of the interpreter (2v29, shown by a test there)
 * end here: `remove` takes a pending task out of the queue but keeps its slot, and only a second `remove` of the same id frees
 * it; and an id is handed out again as soon as its task has fired, so an old id may name somebody else's task. Must never remove a task that another owner has added.
 */

/** Owners of tasks; 0 = nobody. */
export const OWNER_LEASE = 1;
export const OWNER_VALVE = 2;

/** `addTask`: no slot was free, nothing was added. */
export const NO_TASK = -1;

/** Who last got the slot of each id. Reading a typed array below 0 throws in the interpreter, in Node it does not. */
export const owners = new Uint8Array(16);

export const utilityTimer = require('timer');

/** Add a task for `owner`; its id, or NO_TASK. The request object is read at once and may be used again. */
export function addTask(owner: number, request: EspruinoSetTask): number {
  const id = utilityTimer.add(request);
  if (id >= 0) owners[id] = owner;
  return id;
}

/** Remove the task if it still belongs to `owner`; a task that has fired, or an id that moved on, is left alone. */
export function removeTask(owner: number, id: number): void {
  if (id >= 0 && owners[id] === owner) freeTask(id);
}

/** Take the task out of the queue, then give its slot back; both do no harm to one that has fired. */
export function freeTask(id: number): void {
  owners[id] = 0;
  utilityTimer.remove(id);
  utilityTimer.remove(id);
}
