'use strict';

var parse = require('../');
var test = require('tape');

test('a value among the choices passes', function (t) {
	var argv = parse(['--level', 'info', '--retries', '3'], { choices: { level: ['info', 'debug'], retries: [1, 3] } });
	t.deepEqual(argv, { level: 'info', retries: 3, _: [] });
	t.end();
});

test('any other value throws, and the message names the choices', function (t) {
	t.throws(function () {
		parse(['--level=loud'], { choices: { level: ['info', 'debug'] } });
	}, /^Error: invalid value for --level: loud \(choose from info, debug\)$/);
	t.end();
});

test('each value of a repeated option is checked', function (t) {
	var opts = { choices: { tag: ['a', 'b'] } };
	t.deepEqual(parse(['--tag', 'a', '--tag', 'b'], opts).tag, ['a', 'b']);
	t.throws(function () { parse(['--tag', 'a', '--tag', 'c'], opts); }, /--tag: c/);
	t.end();
});

test('an option that was not given is not checked, a default is', function (t) {
	t.deepEqual(parse([], { choices: { level: ['info'] } }), { _: [] });
	t.throws(function () {
		parse([], { choices: { level: ['info'] }, default: { level: 'loud' } });
	}, /--level: loud/);
	t.end();
});

test('choices work for dotted names', function (t) {
	var opts = { choices: { 'log.level': ['info'] } };
	t.deepEqual(parse(['--log.level', 'info'], opts), { log: { level: 'info' }, _: [] });
	t.throws(function () { parse(['--log.level', 'loud'], opts); }, /--log\.level: loud/);
	t.end();
});
