/** Leaves out what only says something to a reader: texts of several words, and templates. */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const isMessage = (path) =>
  (path.isStringLiteral() && path.node.value.includes(' ')) ||
  (path.isTemplateLiteral() && path.node.quasis.some(({ value }) => value.raw.includes(' ')));

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'messages', {
    shouldIgnore: (path) => (isMessage(path) ? 'a text for readers' : undefined),
  }),
];
