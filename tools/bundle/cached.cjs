/** Runs the script of the same name (NAME.code), with what V8 made of it when it was built (NAME.cache) where that fits this V8. */
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const cached = () => {
  try {
    return readFileSync(__filename.replace(/\.js$/, '.cache'));
  } catch {
    return undefined;
  }
};

const filename = __filename.replace(/\.js$/, '.code');
const text = readFileSync(filename, 'latin1');
new Script(`(function(exports,require,module,__filename,__dirname){${text}\n})`, {
  filename,
  cachedData: cached(),
}).runInThisContext()(exports, require, module, __filename, __dirname);
