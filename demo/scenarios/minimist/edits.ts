import type { Edit } from '../steps.ts';

/** A change of the package's parser. */
const parser = (from: string, to: string): Edit => ({ path: 'index.js', from, to });

export const number: readonly Edit[] = [
  parser(
    '	var defaults = opts.default || {};\n',
    `	var numbers = {};
	[].concat(opts.number).filter(Boolean).forEach(function (key) {
		[key].concat(aliases[key] || []).forEach(function (k) {
			numbers[k] = true;
		});
	});

	var defaults = opts.default || {};
`,
  ),
  parser('			|| flags.strings[key]\n', '			|| flags.strings[key]\n			|| numbers[key]\n'),
  parser(
    `		var value = !flags.strings[key] && isNumber(val)
			? Number(val)
			: val;
`,
    `		var value = val;
		if (numbers[key] && val !== false) {
			value = isNumber(val) ? Number(val) : NaN;
		} else if (!flags.strings[key] && isNumber(val)) {
			value = Number(val);
		}
`,
  ),
];

export const choices: readonly Edit[] = [
  parser(
    `	return (key === 'constructor' && typeof obj[key] === 'function') || key === '__proto__';
}
`,
    `	return (key === 'constructor' && typeof obj[key] === 'function') || key === '__proto__';
}

function checkChoices(argv, choices) {
	Object.keys(choices).forEach(function (key) {
		var keys = key.split('.');
		if (!hasKey(argv, keys)) { return; }
		var given = keys.reduce(function (o, k) { return o[k]; }, argv);
		[].concat(given).forEach(function (value) {
			if (choices[key].indexOf(value) === -1) {
				throw new Error('invalid value for --' + key + ': ' + value + ' (choose from ' + choices[key].join(', ') + ')');
			}
		});
	});
}
`,
  ),
  parser('	return argv;\n', '	if (opts.choices) { checkChoices(argv, opts.choices); }\n\n	return argv;\n'),
];

export const required: readonly Edit[] = [
  parser(
    `	return key in o;
}
`,
    `	return Object(o) === o && key in o;
}

function checkRequired(argv, required) {
	var missing = [].concat(required).filter(Boolean).filter(function (key) {
		return !hasKey(argv, key.split('.'));
	});
	if (missing.length > 0) {
		throw new Error('missing required options: --' + missing.join(', --'));
	}
}
`,
  ),
  parser(
    '	return argv;\n',
    '	if (opts.required) { checkRequired(argv, opts.required); }\n\n	return argv;\n',
  ),
];

export const camelCase: readonly Edit[] = [
  parser(
    '	return (/^[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(e[-+]?\\d+)?$/).test(x);\n}\n',
    `	return (/^[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(e[-+]?\\d+)?$/).test(x);
}

function camelCase(name) {
	return name.replace(/-+([^-.])/g, function (dashed, letter, offset) {
		return offset === 0 ? dashed : letter.toUpperCase();
	});
}

// The camel-cased forms of these names that are not among them.
function camelNames(names) {
	return names.map(camelCase).filter(function (name, i, all) {
		return names.indexOf(name) === -1 && all.indexOf(name) === i;
	});
}
`,
  ),
  parser(
    `			setKey(argv, x.split('.'), value);
		});
`,
    `			setKey(argv, x.split('.'), value);
		});

		if (opts.camelCase) {
			camelNames([key].concat(aliases[key] || [])).forEach(function (x) {
				setKey(argv, x.split('.'), value);
			});
		}
`,
  ),
  parser(
    `				setKey(argv, x.split('.'), defaults[k]);
			});
`,
    `				setKey(argv, x.split('.'), defaults[k]);
			});

			if (opts.camelCase) {
				camelNames([k].concat(aliases[k] || [])).forEach(function (x) {
					setKey(argv, x.split('.'), defaults[k]);
				});
			}
`,
  ),
];

export const readme: Edit = {
  path: 'README.md',
  from: 'unknown option is not added to `argv`.\n',
  to: `unknown option is not added to \`argv\`.
* \`opts.number\` - a string or array of strings argument names to always treat as
numbers. A value that is not a number becomes \`NaN\`
* \`opts.choices\` - an object mapping string argument names to arrays of allowed
values. Any other value throws
* \`opts.required\` - a string or array of strings argument names that must be set,
by themselves, by an alias or by a default. Throws one error that names all that
are missing
* \`opts.camelCase\` - when true, \`--dry-run\` also sets \`argv.dryRun\`
`,
};
