/** What needs Node: modules from folders. */
export { folderHost, moduleOfPath, type FolderHost } from './files.js';
