import type {
  FileList,
  FoundLine,
  ListRequest,
  SearchRequest,
  SearchResult,
  TreeReader,
} from '../ports/tree-reader.ts';
import type { Captured, ExecResult, Workspace } from '../ports/workspace.ts';
import { matchesGlob } from './match-glob.ts';
import { shellQuote } from './shell-quote.ts';

const timeoutMs = 30_000;
const maxOutputBytes = 1024 * 1024;
const missingFolder = 3;

/** Folders that hold what was installed or made, left out where there is no ripgrep to read `.gitignore`. */
const prunedFolders = ['.git', '.gas-town', 'node_modules', '.venv', '__pycache__', 'dist', 'target'];

/** A workspace as something to look at: ripgrep where the container has it, else find and grep. */
export function workspaceTree(workspace: Workspace): TreeReader {
  return {
    readFile: (path, options) => workspace.readFile(path, options),
    listFiles: (request) => listFiles(workspace, request),
    search: (request) => search(workspace, request),
  };
}

async function listFiles(workspace: Workspace, request: ListRequest): Promise<FileList> {
  const result = await run(workspace, request.folder, `rg --files ${filters} --sort path`, '-print');
  if (result.exitCode === missingFolder) return { status: 'missing' };
  const { lines, cut } = wholeLines(result.stdout);
  const paths = lines.map(relative).filter((path) => matchesGlob(path, request.glob));
  const listed = paths.sort().slice(0, request.limit);
  return { status: 'listed', paths: listed, truncated: cut || listed.length < paths.length };
}

async function search(workspace: Workspace, request: SearchRequest): Promise<SearchResult> {
  const pattern = shellQuote(request.pattern);
  const caseFlag = request.ignoreCase ? '-i ' : '';
  // A file type, unlike a glob, leaves .gitignore in force.
  const name = request.glob?.split('/').at(-1) ?? '';
  const wanted = name === '' || name === '**' ? '' : `--type-add ${shellQuote(`wanted:${name}`)} -t wanted`;
  const flags = `--line-number --no-heading --with-filename --color never --max-columns 400 --max-columns-preview --sort path`;
  const result = await run(
    workspace,
    request.folder,
    `rg ${flags} ${filters} ${wanted} ${caseFlag}-e ${pattern}`,
    `-exec grep -nHE ${caseFlag}-e ${pattern} {} +`,
  );
  if (result.exitCode === missingFolder) return { status: 'missing' };
  const { lines, cut } = wholeLines(result.stdout);
  // Without a match both programs fail as well, but say nothing.
  const trouble = text(result.stderr).trim();
  if (lines.length === 0 && result.exitCode !== 0 && (trouble !== '' || result.exitCode === null)) {
    return { status: 'bad-pattern', reason: trouble === '' ? 'it took too long' : trouble };
  }
  // The lines of a file keep their order; `find` has none for the files.
  const found = lines
    .flatMap(parseFound)
    .filter((line) => matchesGlob(line.path, request.glob))
    .sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1));
  const shown = found.slice(0, request.limit);
  return { status: 'searched', lines: shown, truncated: cut || shown.length < found.length };
}

const filters = `--hidden --no-require-git -g '!.git' -g '!.gas-town'`;

/** Runs ripgrep on a folder, or `find` with an action where there is none. */
function run(workspace: Workspace, folder: string, ripgrep: string, action: string): Promise<ExecResult> {
  const place = shellQuote(folder === '' ? '.' : `./${relative(folder)}`);
  const pruned = prunedFolders.map((name) => `-name ${name}`).join(' -o ');
  const command = [
    `test -d ${place} || exit ${missingFolder}`,
    `if command -v rg >/dev/null 2>&1; then ${ripgrep} -- ${place}`,
    `else find ${place} '(' ${pruned} ')' -prune -o -type f ${action}; fi`,
  ].join('\n');
  return workspace.exec(command, { timeoutMs, maxOutputBytes });
}

const relative = (path: string): string => path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');

const text = (captured: Captured): string => new TextDecoder().decode(captured.head);

/** The lines of an output; where its end was left out, those before the first one that may be cut. */
function wholeLines(captured: Captured): { lines: string[]; cut: boolean } {
  const cut = captured.omittedBytes > 0;
  const lines = text(captured).split('\n');
  lines.pop();
  return { lines: lines.filter((line) => line !== ''), cut };
}

function parseFound(line: string): FoundLine[] {
  const parts = /^(.+?):(\d+):(.*)$/s.exec(line);
  if (!parts) return [];
  const [, path = '', number = '', found = ''] = parts;
  return [{ path: relative(path), line: Number(number), text: found }];
}
