/** What needs Node or the checker: modules from folders, exploration. */
export * from '../explore/index.js';
export { folderHost, moduleOfPath, type FolderHost } from './files.js';
