/** Runs a script (.code), with what V8 made of it when it was built (.cache) where that fits this V8. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = join(__dirname, 'NAME.code');

const cached = () => {
  try {
    return readFileSync(filename.replace(/code$/, 'cache'));
  } catch {
    return undefined;
  }
};

const text = readFileSync(filename, 'latin1');
new Script(`(function(exports,require,module,__filename,__dirname){${text}\n})`, {
  filename,
  cachedData: cached(),
}).runInThisContext()(exports, require, module, __filename, __dirname);
