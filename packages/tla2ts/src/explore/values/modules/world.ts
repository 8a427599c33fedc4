/** Operators of modules that look outside of the specification: files of JSON, of lines and of text, and the environment. */
import { ModelValue, SetValue, SpecError } from '../values.js';
import type { Kit, Operators } from './kit.js';

/** What there is outside. */
export interface World {
  readonly environment: Readonly<Record<string, string>>;
  /** The text of a file; undefined: there is none. */
  readonly readFile: (path: string) => string | undefined;
  /** Writes a file, or adds to it; what went wrong, if something did. Not there: nothing can be written. */
  readonly writeFile?: (path: string, text: string, how: 'new' | 'append') => string | undefined;
}

/** Nothing. */
export const emptyWorld: World = { environment: {}, readFile: () => undefined };

export const worldOperators = (kit: Kit, { environment, readFile, writeFile }: World): Operators => {
  const { argumentsOf, fail, isFunction, seq, show, values } = kit;
  const string = (value: unknown, what: string): string =>
    typeof value === 'string' ? value : fail(`${what} is a string, not ${show(value)}`);
  const path = (value: unknown): string => string(value, 'the name of a file');
  const textOf = (file: unknown): string => readFile(path(file)) ?? fail(`there is no file ${path(file)}`);
  const lines = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
  const write = (file: unknown, text: string, how: 'new' | 'append' = 'new'): true => {
    const wrong = writeFile === undefined ? 'nothing can be written here' : writeFile(path(file), text, how);
    return wrong === undefined ? true : fail(`cannot write ${path(file)}: ${wrong}`);
  };

  const fromJson = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(fromJson);
    if (typeof json === 'number' && !Number.isSafeInteger(json)) return fail(`${json} is no integer of the checker`);
    if (json === null) return fail('null is no value of TLA+');
    if (typeof json !== 'object') return json;
    const fields = Object.entries(json).map(([name, value]) => [name, fromJson(value)] as const);
    return kit.fromLists(
      fields.map(([name]) => name),
      fields.map(([, value]) => value),
    );
  };
  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      return fail(`not JSON: ${(error as Error).message}`);
    }
  };

  const keyOf = (x: unknown): string => (typeof x === 'string' ? x : show(x));
  const objectOf = (f: unknown): unknown =>
    Object.fromEntries(argumentsOf(f).map((x, i) => [keyOf(x), toJson(values(f)[i])]));
  const toJson = (value: unknown): unknown => {
    if (value instanceof ModelValue) return value.id;
    if (value instanceof SetValue) return kit.sorted(value).map(toJson);
    if (!isFunction(value)) return value;
    const items = Array.isArray(value) ? value : undefined;
    return items === undefined ? objectOf(value) : items.map(toJson);
  };
  const json = (value: unknown): string => JSON.stringify(toJson(value));
  /** What a program that was run gives. */
  const finished = (exitValue: number, stdout: string, stderr: string): unknown => ({ exitValue, stdout, stderr });
  const attempt = (act: () => string): unknown => {
    try {
      return finished(0, act(), '');
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      return finished(1, '', error.message);
    }
  };
  const plainText = (options: unknown): void => {
    const format = kit.field(options, 'format');
    if (format !== 'TXT') fail(`the format ${show(format)} is not supported, "TXT" is`);
  };
  const appends = (options: unknown): boolean => {
    const how = seq(kit.field(options, 'openOptions'));
    return how.includes('APPEND');
  };

  return {
    'Json!ToJson': json,
    'Json!ToJsonArray': (value: unknown) =>
      value instanceof SetValue || isFunction(value) ? json(value) : fail(`this is no array: ${show(value)}`),
    'Json!ToJsonObject': (value: unknown) => {
      if (!isFunction(value)) return fail(`this is no object: ${show(value)}`);
      const items = Array.isArray(value) ? value : undefined;
      return items === undefined ? json(value) : JSON.stringify(Object.assign({}, items.map(toJson)));
    },
    'Json!JsonDeserialize': (file: unknown) => fromJson(parsed(textOf(file))),
    'Json!ndJsonDeserialize': (file: unknown) =>
      lines(textOf(file))
        .filter((line) => line.trim() !== '')
        .map((line) => fromJson(parsed(line))),
    'Json!JsonSerialize': (file: unknown, value: unknown) =>
      isFunction(value)
        ? write(file, json(value))
        : fail(`JsonSerialize writes a sequence or a record, not ${show(value)}`),
    'Json!ndJsonSerialize': (file: unknown, value: unknown) =>
      write(
        file,
        seq(value)
          .map((item) => `${json(item)}\n`)
          .join(''),
      ),
    'CSV!CSVWrite': (template: unknown, items: unknown, file: unknown) => {
      const shown = seq(items).map(show);
      let next = 0;
      const line = string(template, 'the template').replaceAll(/%(?:(\d+)\$)?([sn%])/g, (_, place: string, kind) => {
        if (kind !== 's') return kind === 'n' ? '\n' : '%';
        const at = place === undefined ? next++ : Number(place) - 1;
        return shown[at] ?? fail(`the template asks for value ${at + 1} of ${shown.length}`);
      });
      return write(file, `${line}\n`, 'append');
    },
    'CSV!CSVWriteRecord': (record: unknown, delimiter: unknown, headers: unknown, file: unknown) => {
      const between = string(delimiter, 'the delimiter');
      const names = kit.sorted(kit.domainOf(record));
      const rows = [names.map((name) => show(kit.apply(record, name))).join(between)];
      if (kit.bool(headers)) rows.unshift(names.map((name) => keyOf(name)).join(between));
      return write(file, rows.map((row) => `${row}\n`).join(''), 'append');
    },
    'CSV!CSVRead': (columns: unknown, delimiter: unknown, file: unknown) => {
      const names = seq(columns).map((name) => string(name, 'the name of a column'));
      return lines(readFile(path(file)) ?? '').map((line) => {
        const cells = line.split(string(delimiter, 'the delimiter'));
        return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? fail(`a line without ${name}: ${line}`)]));
      });
    },
    'CSV!CSVRecords': (file: unknown) => lines(readFile(path(file)) ?? '').length,
    'IOUtils!IOEnv': () => environment,
    'IOUtils!atoi': (text: unknown) =>
      typeof text === 'string' && /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))
        ? Number(text)
        : fail(`${show(text)} is no integer`),
    'IOUtils!Serialize': (text: unknown, file: unknown, options: unknown) =>
      attempt(() => {
        plainText(options);
        write(file, string(text, 'what is written'), appends(options) ? 'append' : 'new');
        return '';
      }),
    'IOUtils!Deserialize': (file: unknown, options: unknown) =>
      attempt(() => {
        plainText(options);
        return textOf(file);
      }),
  };
};
