import type { Command } from 'commander';
import { exitStatus } from '../exit-status.ts';
import { forTerminal, onOneLine } from '../view/for-terminal.ts';

/** One precondition or safety claim, as it was found. */
export interface Finding {
  readonly claim: string;
  readonly holds: boolean;
  readonly evidence: string;
  /** One sentence; empty when it holds. */
  readonly whatToDo: string;
  /** The evidence says in which way it holds. */
  readonly tellsHow?: boolean;
}

export interface DoctorOptions {
  /** The container image that is tried from inside. */
  readonly image: string;
}

export type DoctorAction = (options: DoctorOptions) => Promise<readonly Finding[]>;

/** `gastown doctor`: every precondition, and every safety claim tried from inside a real container. */
export function addDoctorCommand(
  program: Command,
  examine: DoctorAction,
  {
    defaultImage,
    write,
    ended,
  }: {
    readonly defaultImage: string;
    readonly write: (text: string) => void;
    readonly ended: (status: number) => void;
  },
): void {
  program
    .command('doctor')
    .description(
      'Check this machine and try to break the sandbox from inside; says what to do about what fails.',
    )
    .option('--image <name>', 'container image to try', defaultImage)
    .option('--json', 'print one JSON object a line', false)
    .action(async ({ image, json }: DoctorOptions & { readonly json: boolean }) => {
      const findings = await examine({ image });
      for (const finding of findings) write(json ? `${JSON.stringify(finding)}\n` : findingLines(finding));
      const failed = findings.filter((finding) => !finding.holds).length;
      if (!json)
        write(`\n${findings.length - failed} hold, ${failed} ${failed === 1 ? 'does' : 'do'} not.\n`);
      ended(failed === 0 ? exitStatus.ok.code : exitStatus.unsound.code);
    });
}

function findingLines({ claim, holds, evidence, whatToDo, tellsHow = false }: Finding): string {
  const first = `${holds ? '✓' : '✗'} ${forTerminal(claim)}`;
  const seen = holds || evidence === '' ? '' : `\n    seen: ${onOneLine(evidence, 200)}`;
  const how = holds && tellsHow ? `\n    ${onOneLine(evidence, 400)}` : '';
  return `${first}${seen}${how}${whatToDo === '' ? '' : `\n    ${forTerminal(whatToDo)}`}\n`;
}
