/**
 * The import table of docs/architecture.md, as rules. A folder may import what its row names and nothing else.
 * Tests (`*.test.ts`) are cruised too, but may also import `src/testing`.
 */
import swc from '@swc/core/Visitor.js';

/** The parser's own visitor ends at `using`, which is a declaration like any other here. */
const { visitStatement } = swc.Visitor.prototype;
swc.Visitor.prototype.visitStatement = function visitAnyStatement(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

const own = (folder) => `^src/${folder}/`;
const test = '\\.test\\.ts$';

/** Rule: files in `folder` may import only paths that match one of `allowed`. */
function only(folder, allowed, comment) {
  return {
    name: `${folder.replaceAll(/[^a-z]+/g, '-')}-imports-only`,
    comment,
    severity: 'error',
    from: { path: own(folder), pathNot: test },
    to: { pathNot: allowed },
  };
}

const zod = 'node_modules/zod/';
const core =
  '^node:|^(assert|buffer|child_process|crypto|dns|events|fs|http|https|net|os|path|process|stream|string_decoder|timers|tty|url|util|worker_threads|zlib|perf_hooks|async_hooks|readline|querystring|v8)(/|$)';
const domain = own('domain');

const adapter = (name, ports, sdks) =>
  only(
    `adapters/${name}`,
    [own(`adapters/${name}`), own('adapters/shared'), domain, core, zod, ...ports, ...sdks],
    `adapters/${name} sees its ports, the domain and its own SDK`,
  );

const ports = ['^src/town/ports/', '^src/agent/ports/', '^src/ledger/ports/'];

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain', [domain, zod], 'the domain is pure: no node, no clock, no other package'),
    only(
      'ledger',
      [
        own('ledger'),
        domain,
        zod,
        'node_modules/better-sqlite3/',
        'node_modules/@types/better-sqlite3/',
        core,
      ],
      'the ledger knows events and SQLite',
    ),
    only(
      'agent',
      [
        own('agent'),
        '^src/ledger/ports/',
        domain,
        zod,
        'node_modules/smol-toml/',
        'node_modules/diff/',
        core,
      ],
      'agents know the ledger and their own ports, never an SDK',
    ),
    only(
      'town',
      [own('town'), '^src/ledger/ports/', own('agent'), domain, zod, core],
      'the town works on ports only',
    ),
    adapter('github', ports, ['node_modules/@octokit/', 'node_modules/probot/']),
    adapter('git', ports, ['node_modules/tar-stream/', 'node_modules/@types/tar-stream/']),
    adapter('docker', ports, [
      'node_modules/dockerode/',
      'node_modules/@types/dockerode/',
      'node_modules/tar-stream/',
      'node_modules/@types/tar-stream/',
      'node_modules/ignore/',
    ]),
    adapter('openai', ports, ['node_modules/openai/']),
    only('forge', [own('forge'), core, 'node_modules/'], 'the forge is the outside world'),
    {
      name: 'faces-not-adapters',
      severity: 'error',
      from: { path: own('faces'), pathNot: test },
      to: {
        path: [
          '^src/adapters/',
          '^src/forge/',
          '^src/entry/',
          'node_modules/(probot|@octokit|dockerode|openai|better-sqlite3)/',
        ],
      },
    },
    {
      name: 'nobody-imports-entry',
      severity: 'error',
      from: { pathNot: [own('entry'), test, '^src/testing/'] },
      to: { path: own('entry') },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { pathNot: [test, own('testing'), own('entry')] },
      to: { path: own('testing') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What a browser runs names what the server gives it.
    exclude: { path: '^src/faces/web/assets/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
