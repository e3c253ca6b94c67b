import type { Change, RefusedPath, TakenOut } from '../../../town/ports/sandbox.ts';
import type { Baseline } from '../snapshot/baseline.ts';
import { type BytePath, bytesOf, readable } from './byte-path.ts';
import { IgnoredPaths } from './ignored-paths.ts';
import type { Listed, Listing } from './list-workspace.ts';
import type { ReadFile } from './read-files.ts';
import type { Survey } from './survey-workspace.ts';
import type { TakeOutLimits } from './take-out-limits.ts';

/** How many refused paths are told one by one. */
const MOST_NAMED = 200;
const READ_OWNER = 0o400;

const isIgnoreFile = (path: BytePath): boolean => path === '.gitignore' || path.endsWith('/.gitignore');
/**
 * Takes out of a workspace what differs from its baseline, by content. Refuses what can't be read or is no file; which names
 * and link targets may go into a repository is for whoever writes them there.
 */
class Taking {
  readonly #survey: Survey;
  readonly #baseline: Baseline;
  readonly #listing: Listing;
  readonly #limits: TakeOutLimits;
  readonly #refused: RefusedPath[] = [];
  #count = 0;
  #bytes = 0;

  constructor(survey: Survey, baseline: Baseline, limits: TakeOutLimits) {
    this.#survey = survey;
    this.#baseline = baseline;
    this.#listing = survey.listing;
    this.#limits = limits;
  }

  async run(): Promise<TakenOut> {
    for (const path of this.#listing.gitFolders) if (path !== '.git') this.#refuse(path, 'git-folder');
    const candidates = [...this.#listing.touched.keys()].sort();
    const ignored = await this.#ignoredPaths(candidates);
    const wanted = candidates.filter((path) => !this.#isIgnored(ignored, path) && this.#admits(path));
    const files = await this.#survey.read(wanted, this.#limits.maxTotalBytes);
    const writes = this.#writes(wanted, files);
    const deletions = this.#deletions();
    return { changes: [...deletions, ...writes], refused: this.#named() };
  }

  #refuse(path: BytePath, rule: string): void {
    this.#refused.push({ path: readable(path), rule });
  }

  #named(): RefusedPath[] {
    const more = this.#refused.length - MOST_NAMED;
    if (more <= 0) return this.#refused;
    return [...this.#refused.slice(0, MOST_NAMED), { path: `… and ${more} more`, rule: 'not-named' }];
  }

  async #ignoredPaths(candidates: readonly BytePath[]): Promise<IgnoredPaths> {
    const current = new Map(this.#baseline.ignoreFiles);
    for (const path of this.#listing.missing) current.delete(path);
    const builtIn = new IgnoredPaths(new Map());
    const changed = candidates.filter(
      (path) => isIgnoreFile(path) && this.#isSmallFile(path) && !builtIn.ignores(path),
    );
    for (const [path, file] of await this.#survey.read(changed, this.#limits.maxTotalBytes)) {
      if (file.mode !== '120000') current.set(path, file.content);
    }
    return new IgnoredPaths(current);
  }

  #isSmallFile(path: BytePath): boolean {
    const listed = this.#listing.touched.get(path);
    return listed?.type === 'f' && listed.size <= 2 ** 20;
  }

  #isIgnored(ignored: IgnoredPaths, path: BytePath): boolean {
    if (this.#baseline.entries.get(path)?.tracked === true) return false;
    return ignored.ignores(path);
  }

  /** What can be refused before it is read. */
  #admits(path: BytePath): boolean {
    const rule = this.#ruleOf(this.#listing.touched.get(path));
    if (rule !== null) {
      this.#refuse(path, rule);
      return false;
    }
    return true;
  }

  #ruleOf(listed: Listed | undefined): string | null {
    if (listed === undefined || (listed.type !== 'f' && listed.type !== 'l')) return 'special-file';
    if (listed.type === 'f' && (listed.mode & READ_OWNER) === 0) return 'unreadable';
    if (listed.size > this.#limits.maxFileBytes) return 'too-large';
    if (this.#count >= this.#limits.maxFiles) return 'too-many-files';
    if (this.#bytes + listed.size > this.#limits.maxTotalBytes) return 'too-much-together';
    this.#count += 1;
    this.#bytes += listed.size;
    return null;
  }

  #writes(wanted: readonly BytePath[], files: ReadonlyMap<BytePath, ReadFile>): Change[] {
    const writes: Change[] = [];
    for (const path of wanted) {
      const file = files.get(path);
      if (file === undefined) {
        this.#refuse(path, 'unreadable');
        continue;
      }
      const before = this.#baseline.entries.get(path);
      if (before?.mode === file.mode && before.hash === file.hash) continue;
      writes.push({ kind: 'write', path: bytesOf(path), mode: file.mode, content: file.content });
    }
    return writes;
  }

  #deletions(): Change[] {
    for (const folder of this.#listing.closed) this.#refuse(folder, 'unreadable');
    return this.#listing.missing
      .filter((path) => this.#baseline.entries.get(path)?.tracked === true)
      .map((path) => ({ kind: 'delete', path: bytesOf(path) }));
  }
}

/** What a surveyed workspace holds other than its baseline: deletions first, then what was written, sorted by path. */
export function takeOut(survey: Survey, baseline: Baseline, limits: TakeOutLimits): Promise<TakenOut> {
  return new Taking(survey, baseline, limits).run();
}
