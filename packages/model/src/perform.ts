/** One raw call on an address space: every call but mremap. */
import { load, store } from './access.js';
import { brk } from './brk.js';
import { madvise } from './madvise.js';
import { mincore } from './mincore.js';
import { mlockall, munlockall } from './mlockall.js';
import { mlock, mlock2, munlock } from './mlock.js';
import { mmap } from './mmap.js';
import { mprotect } from './mprotect.js';
import { mseal } from './mseal.js';
import { msync } from './msync.js';
import { munmap } from './munmap.js';
import { setCapability, setLimit } from './settings.js';
import type { AddressSpace } from './space.js';
import type { ModelCall, Outcome } from './types.js';
import { uffdClose, uffdRegister, uffdUnregister } from './uffd.js';

/** Performs the call; the space is changed in place. */
export function performModelCall(space: AddressSpace, call: ModelCall): Outcome {
  switch (call.op) {
    case 'mmap':
      return mmap(space, call);
    case 'munmap':
      return munmap(space, call.addr, call.length);
    case 'mprotect':
      return mprotect(space, call.addr, call.length, call.prot);
    case 'mlock':
      return mlock(space, call.addr, call.length);
    case 'mlock2':
      return mlock2(space, call.addr, call.length, call.flags);
    case 'munlock':
      return munlock(space, call.addr, call.length);
    case 'mseal':
      return mseal(space, call.addr, call.length, call.flags);
    case 'madvise':
      return madvise(space, call.addr, call.length, call.advice);
    case 'mlockall':
      return mlockall(space, call.flags);
    case 'munlockall':
      return munlockall(space);
    case 'msync':
      return msync(space, call.addr, call.length, call.flags);
    case 'mincore':
      return mincore(space, call.addr, call.length);
    case 'brk':
      return brk(space, call.addr);
    case 'uffdRegister':
      return uffdRegister(space, call.addr, call.length, call.mode, call.ctx);
    case 'uffdUnregister':
      return uffdUnregister(space, call.addr, call.length, call.ctx);
    case 'uffdClose':
      return uffdClose(space, call.ctx);
    case 'setLimit':
      return setLimit(space, call.resource, call.value);
    case 'setCapability':
      return setCapability(space, call.name, call.on);
    case 'load':
      return load(space, call.addr);
    case 'store':
      return store(space, call.addr, call.value);
  }
}
