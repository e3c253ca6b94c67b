'use strict';

var parse = require('../');
var test = require('tape');

test('a declared number is always a number', function (t) {
	var argv = parse(['--port', '8080', '--ratio=.5', '--mask', '0xff'], { number: ['port', 'ratio', 'mask'] });
	t.deepEqual(argv, { port: 8080, ratio: 0.5, mask: 255, _: [] });
	t.end();
});

test('what is not a number becomes NaN, not a string', function (t) {
	var argv = parse(['--port', 'http', '--size='], { number: ['port', 'size'] });
	t.ok(Number.isNaN(argv.port));
	t.ok(Number.isNaN(argv.size));
	t.end();
});

test('a declared number without a value is NaN, and --no- is still false', function (t) {
	t.ok(Number.isNaN(parse(['--port'], { number: 'port' }).port));
	t.equal(parse(['--no-port'], { number: 'port' }).port, false);
	t.end();
});

test('number wins over string, and reaches aliases', function (t) {
	var argv = parse(['-p', '80'], { alias: { port: 'p' }, number: 'port', string: 'port' });
	t.deepEqual(argv, { p: 80, port: 80, _: [] });
	t.end();
});

test('a declared number is not unknown', function (t) {
	var unknown = [];
	parse(['--port', '80', '--host', 'x'], {
		number: 'port',
		unknown: function (arg) {
			unknown.push(arg);
			return false;
		},
	});
	t.deepEqual(unknown, ['--host']);
	t.end();
});
