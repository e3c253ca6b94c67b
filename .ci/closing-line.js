// Prints the counts of a vitest JSON report as one plain line. Ends with 1 where anything failed or nothing ran.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
if (text.trim() === '') {
  process.stderr.write('The test runner wrote no report: it did not finish.\n');
  process.exitCode = 1;
} else {
  const report = JSON.parse(text);
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  const skipped = report.numPendingTests + report.numTodoTests;
  process.stdout.write(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  if (failed > 0 || report.numPassedTests === 0 || !report.success) process.exitCode = 1;
}
