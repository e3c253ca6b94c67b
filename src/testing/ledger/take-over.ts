import Sqlite from 'better-sqlite3';

/** Raises the writer's generation as another town does when it starts; `giveBack` undoes it, which no town ever does. */
export function takeOver(path: string): { giveBack(): void } {
  const db = new Sqlite(path);
  db.exec('UPDATE writer SET generation = generation + 1');
  return {
    giveBack() {
      db.exec('UPDATE writer SET generation = generation - 1');
      db.close();
    },
  };
}
