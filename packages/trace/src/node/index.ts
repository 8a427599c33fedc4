export { openPrograms } from './open.js';
export { savePrograms } from './save.js';
