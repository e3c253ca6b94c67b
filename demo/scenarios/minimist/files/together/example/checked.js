'use strict';

var argv = require('../')(process.argv.slice(2), {
	camelCase: true,
	choices: { 'log-level': ['info', 'debug'] },
	number: 'port',
	required: ['log-level', 'port'],
});
console.log(JSON.stringify(argv));
