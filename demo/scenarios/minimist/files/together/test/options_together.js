'use strict';

var execFileSync = require('child_process').execFileSync;
var path = require('path');
var parse = require('../');
var test = require('tape');

var opts = {
	alias: { 'log-level': 'l' },
	camelCase: true,
	choices: { 'log-level': ['info', 'debug'], retries: [0, 1, 2] },
	number: 'retries',
	required: ['log-level', 'retries'],
};

test('number, choices, required and camelCase work on the same arguments', function (t) {
	var argv = parse(['-l', 'debug', '--retries=2'], opts);
	t.deepEqual(argv, {
		l: 'debug', 'log-level': 'debug', logLevel: 'debug', retries: 2, _: [],
	});
	t.end();
});

test('a number that is not one is none of the choices', function (t) {
	t.throws(function () { parse(['-l', 'info', '--retries', 'many'], opts); }, /--retries: NaN \(choose from 0, 1, 2\)/);
	t.end();
});

test('what is missing is told even where the rest is valid', function (t) {
	t.throws(function () { parse(['-l', 'info'], opts); }, /missing required options: --retries/);
	t.end();
});

test('the example runs', function (t) {
	var example = path.join(__dirname, '..', 'example', 'checked.js');
	var out = execFileSync(process.execPath, [example, '--log-level', 'info', '--port', '8080']);
	t.deepEqual(JSON.parse(String(out)), {
		_: [], 'log-level': 'info', logLevel: 'info', port: 8080,
	});
	t.end();
});
