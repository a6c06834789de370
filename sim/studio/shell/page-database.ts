/**
 * A database of the page with one table, for idb-keyval. A damaged one can be deleted: nothing here holds it open in its way. It must never be deleted
 * but by the reader's wish.
 */
import type { UseStore } from 'idb-keyval';

/** What the browser calls a table that is not there. */
const NO_TABLE = 'NotFoundError';

/** Rejects with what the browser says, and for a database without its table. */
function openDatabase(name: string, table: string, gone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    asked.onupgradeneeded = () => asked.result.createObjectStore(table);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const database = asked.result;
      if (!database.objectStoreNames.contains(table)) {
        database.close();
        reject(new DOMException('its table is missing', NO_TABLE));
        return;
      }
      // another tab deletes it, or the browser has closed it: the next use opens it anew
      database.onversionchange = () => {
        database.close();
        gone();
      };
      database.onclose = gone;
      resolve(database);
    };
  });
}

/** The table, opened with its first use and again after a failure, which may have been for the moment alone. */
export function pageTable(name: string, table: string): UseStore {
  let opened: Promise<IDBDatabase> | undefined;
  const gone = (): void => {
    opened = undefined;
  };
  return async (mode, work) => {
    opened ??= openDatabase(name, table, gone);
    try {
      return await work((await opened).transaction(table, mode).objectStore(table));
    } catch (error) {
      gone();
      throw error;
    }
  };
}

/** Deletes a database, whatever state it is in. Rejects with what the browser says. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = () => resolve();
    asked.onblocked = () => reject(new Error('another tab of this page has it open'));
    asked.onerror = () => reject(asked.error);
  });
}
