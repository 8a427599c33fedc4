/** `node write-caches.cjs FOLDER ARGS`: runs the program of a folder with the arguments, and keeps beside its scripts what V8 compiled of them until then. */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');

const [folder, ...args] = process.argv.slice(2);

const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    scripts.set(options.filename, this);
  }
};

void require(join(folder, 'program.js'))
  .run(args)
  .then(() => {
    for (const [file, script] of scripts) {
      writeFileSync(file.replace(/\.code$/, '.cache'), script.createCachedData());
    }
  });
