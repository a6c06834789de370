/** Deletes a database of the page, whatever state it is in. It must never be called but by the reader's wish. Rejects with what the browser says. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = () => resolve();
    asked.onblocked = () => reject(new Error('another tab of this page has it open'));
    asked.onerror = () => reject(asked.error);
  });
}
