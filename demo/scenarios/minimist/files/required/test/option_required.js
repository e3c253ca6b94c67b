'use strict';

var parse = require('../');
var test = require('tape');

test('a required option that is given passes', function (t) {
	t.deepEqual(parse(['--name', 'x'], { required: 'name' }), { name: 'x', _: [] });
	t.end();
});

test('all missing options are named in one error', function (t) {
	t.throws(function () {
		parse(['--name', 'x'], { required: ['name', 'from', 'to'] });
	}, /^Error: missing required options: --from, --to$/);
	t.end();
});

test('an alias or a default satisfies it', function (t) {
	t.equal(parse(['-n', 'x'], { alias: { name: 'n' }, required: 'name' }).name, 'x');
	t.equal(parse([], { default: { name: 'y' }, required: 'name' }).name, 'y');
	t.end();
});

test('a dotted name below a plain value is missing, not a crash', function (t) {
	t.throws(function () {
		parse(['--log', '5'], { required: 'log.level' });
	}, /^Error: missing required options: --log\.level$/);
	t.end();
});

test('without opts.required nothing is checked', function (t) {
	t.deepEqual(parse([]), { _: [] });
	t.end();
});
