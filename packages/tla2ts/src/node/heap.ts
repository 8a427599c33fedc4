/** The heap of a thread: when it is full, the process ends. */
import { v8 } from './late.js';

/** The part of it that values may take before the run ends. */
const most = 0.9;

export const heapIsFull = (): boolean => {
  const { used_heap_size: used, heap_size_limit: limit } = v8().getHeapStatistics();
  return used > most * limit;
};
