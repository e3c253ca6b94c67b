'use strict';

var parse = require('../');
var test = require('tape');

test('dashed names are also set in camel case', function (t) {
	var argv = parse(['--dry-run', '--max-old-space', '5'], { camelCase: true });
	t.deepEqual(argv, {
		'dry-run': true, dryRun: true, 'max-old-space': 5, maxOldSpace: 5, _: [],
	});
	t.end();
});

test('names of one letter between dashes', function (t) {
	t.equal(parse(['--a-b-c', '1'], { camelCase: true }).aBC, 1);
	t.end();
});

test('it is off unless asked for', function (t) {
	t.deepEqual(parse(['--dry-run']), { 'dry-run': true, _: [] });
	t.end();
});

test('repeated options, booleans and defaults keep both names in step', function (t) {
	var argv = parse(['--in-file', 'a', '--in-file', 'b', '--dry-run'], {
		boolean: ['dry-run'], camelCase: true, default: { 'out-file': 'c' },
	});
	t.deepEqual(argv.inFile, ['a', 'b']);
	t.deepEqual(argv['in-file'], argv.inFile);
	t.deepEqual([argv.dryRun, argv['dry-run']], [true, true]);
	t.deepEqual([argv.outFile, argv['out-file']], ['c', 'c']);
	t.end();
});

test('an alias that is the camel-cased name already is set once', function (t) {
	var argv = parse(['--dry-run', '1'], { alias: { 'dry-run': 'dryRun' }, camelCase: true });
	t.deepEqual(argv, { 'dry-run': 1, dryRun: 1, _: [] });
	t.end();
});

test('prototype keys stay out of reach', function (t) {
	var argv = parse(['--__proto__.is-admin', '1'], { camelCase: true });
	t.equal({}.isAdmin, undefined);
	t.equal(argv.isAdmin, undefined);
	t.end();
});
